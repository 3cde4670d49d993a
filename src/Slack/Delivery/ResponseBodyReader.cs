using System.Buffers;
using System.Text;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Reads the beginning of a response's body within the attempt, so that the attempt's timeout and retry cover
/// it.</summary>
internal sealed class ResponseBodyReader : DelegatingHandler
{
    private const int MaxBytes = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            using var content = response.Content;
            response.Content = new StringContent(await ReadAsync(content, cancellationToken).ConfigureAwait(false));
            return response;
        }
        catch
        {
            // Catches everything: no other code can dispose the response, and the error is rethrown.
            response.Dispose();
            throw;
        }
    }

    /// <remarks>Slack's responses are short and in UTF-8; the encoding that a proxy's own response declares is ignored.
    /// </remarks>
    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes);
        try
        {
            var read = await stream.ReadAtLeastAsync(
                buffer.AsMemory(0, MaxBytes), MaxBytes, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

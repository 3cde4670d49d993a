using System.Net.Mime;
using System.Text.Unicode;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Http;

/// <summary>Reads the value from the body of a request, but never more than the limit.</summary>
internal sealed class EntryBody(IOptions<CacheLimits> limits)
{
    /// <exception cref="RequestProblemException">The value exceeds the limit, or is not JSON although the cache
    /// holds JSON.</exception>
    public async Task<byte[]> ReadAsync(CacheDefinition definition, HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // The server's own limit of 30 MB may be below the one that is configured for values.
            size.MaxRequestBodySize = null;
        }

        var value = await ReadAsync(definition.Name, context.Request, context.RequestAborted);
        var isJson = new ContentType(definition.ContentType).MediaType == MediaTypeNames.Application.Json;
        return isJson && CheckJson(value) is { } error
            ? throw new RequestProblemException(
                StatusCodes.Status400BadRequest, $"Cache '{definition.Name}' holds JSON; {error}")
            : value;
    }

    /// <summary>Returns why a text is not JSON in UTF-8; null if it is.</summary>
    internal static string? CheckJson(byte[] value) => !Utf8.IsValid(value) ? "this is not UTF-8."
        : JsonText.Check(value) is { } problem ? $"this {problem}."
        : null;

    private async Task<byte[]> ReadAsync(string cache, HttpRequest request, CancellationToken cancellationToken)
    {
        Check(cache, request.ContentLength ?? 0);
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            Check(cache, body.Length + read);
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private void Check(string cache, long bytes)
    {
        if (limits.Value.CheckValue(cache, (int)Math.Min(bytes, int.MaxValue)) is { } error)
        {
            throw new RequestProblemException(StatusCodes.Status413PayloadTooLarge, error);
        }
    }
}

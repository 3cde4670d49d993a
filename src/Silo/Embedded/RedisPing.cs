using System.Net.Sockets;
using System.Text;

namespace CacheOrleans.Silo.Embedded;

/// <summary>Asks whether a Redis answers at an address, without a driver and without credentials.</summary>
internal static class RedisPing
{
    /// <summary>Returns null when one answers, else why not.</summary>
    /// <param name="host">A host name or address.</param>
    /// <param name="port">The port.</param>
    /// <param name="speak">Whether to send PING; otherwise an accepted connection is enough (TLS).</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<string?> AskAsync(
        string host, int port, bool speak, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, deadline.Token);
            return speak ? await SpeakAsync(client.GetStream(), deadline.Token) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {limit.TotalSeconds:0.#} s";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return exception.Message;
        }
    }

    private static async Task<string?> SpeakAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
        var buffer = new byte[64];
        var read = await stream.ReadAtLeastAsync(buffer, 1, false, cancellationToken);
        var answer = Encoding.ASCII.GetString(buffer, 0, read);

        // '-' is an error reply, such as NOAUTH or LOADING: a Redis all the same.
        return answer.StartsWith("+PONG", StringComparison.Ordinal) || answer.StartsWith('-')
            ? null
            : "what answers there does not speak Redis";
    }
}

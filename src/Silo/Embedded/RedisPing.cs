using System.Net.Sockets;
using System.Text;

namespace CacheOrleans.Silo.Embedded;

/// <summary>Checks whether a Redis responds at an address, without a driver and without credentials.</summary>
internal static class RedisPing
{
    /// <summary>Returns null if a Redis responds, otherwise a text that says why none does.</summary>
    /// <param name="host">A host name or address.</param>
    /// <param name="port">The port.</param>
    /// <param name="speak">Whether to send PING; otherwise an accepted connection is enough (TLS).</param>
    /// <param name="limit">How long the check may take.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public static async Task<string?> AskAsync(
        string host, int port, bool speak, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, deadline.Token);
            return speak ? await PingAsync(client.GetStream(), deadline.Token) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no response within {limit.TotalSeconds:0.#} s";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return exception.Message;
        }
    }

    private static async Task<string?> PingAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
        var buffer = new byte[64];
        var read = await stream.ReadAtLeastAsync(buffer, 1, false, cancellationToken);
        var reply = Encoding.ASCII.GetString(buffer, 0, read);

        // A reply with '-' is an error, such as NOAUTH or LOADING, but it comes from a Redis.
        return reply.StartsWith("+PONG", StringComparison.Ordinal) || reply.StartsWith('-')
            ? null
            : "the server there does not speak the Redis protocol";
    }
}

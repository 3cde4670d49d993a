using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace CacheOrleans.Fuzz.Http;

/// <summary>Sends arbitrary bytes to a server, and reads the head of the response.</summary>
internal static partial class RawConnection
{
    /// <summary>How long to wait for a response before closing the sending side: the server may wait for a part of the
    /// request that does not come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The same for a request that obviously lacks a part.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromMilliseconds(20);

    /// <summary>Longer than the time after which an input counts as hanging.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Sends one request on its own connection.</summary>
    /// <returns>The status line and the headers; empty if the server closed the connection without a response.
    /// </returns>
    public static async Task<string> SendAsync(int port, byte[] request)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;

        // Otherwise tens of thousands of ports stay in TIME_WAIT for two minutes.
        socket.LingerState = new LingerOption(true, 0);
        await socket.ConnectAsync("127.0.0.1", port, limit.Token);
        try
        {
            await socket.SendAsync(request, limit.Token);
            return await ReadHeadAsync(socket, IsWhole(request) ? Patience : ShortPatience, limit.Token);
        }
        catch (SocketException)
        {
            return string.Empty; // the server refused the request while it was being sent
        }
    }

    private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;

    private static bool IsWhole(byte[] request)
    {
        var text = Encoding.Latin1.GetString(request);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end >= 0
            && (text.EndsWith("\r\n\r\n", StringComparison.Ordinal) || !text.Contains("chunked", Ignoring))
            && (!long.TryParse(Length().Match(text[..end]).Groups[1].Value, out var length)
                || length <= text.Length - end - 4);
    }

    [GeneratedRegex(@"content-length:\s*(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Length();

    private static async Task<string> ReadHeadAsync(
        Socket socket, TimeSpan patience, CancellationToken cancellationToken)
    {
        var head = new byte[8 * 1024];
        var length = 0;
        int read;
        do
        {
            var reading = socket.ReceiveAsync(head.AsMemory(length), cancellationToken).AsTask();
            try
            {
                read = await reading.WaitAsync(patience, TimeProvider.System, cancellationToken);
            }
            catch (TimeoutException)
            {
                socket.Shutdown(SocketShutdown.Send);
                read = await reading;
            }

            length += read;
        }
        while (read > 0 && length < head.Length && head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0);

        return Encoding.Latin1.GetString(head, 0, length).Split("\r\n\r\n")[0];
    }
}

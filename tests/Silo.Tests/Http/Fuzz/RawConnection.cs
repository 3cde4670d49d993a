using System.Net.Sockets;
using System.Text;

namespace CacheOrleans.Silo.Tests.Http.Fuzz;

/// <summary>Sends arbitrary bytes to a server, and reads the status of the response.</summary>
internal static class RawConnection
{
    /// <summary>How long to wait for a response before closing the sending side: some requests lack a part of their
    /// body, and the server waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Sends one request on its own connection.</summary>
    /// <returns>The status; null if the server closed the connection without a response.</returns>
    public static async Task<int?> SendAsync(int port, byte[] request)
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
            return await ReadStatusAsync(socket, limit.Token);
        }
        catch (SocketException)
        {
            return null; // the server refused the request while it was being sent
        }
    }

    private static async Task<int?> ReadStatusAsync(Socket socket, CancellationToken cancellationToken)
    {
        var line = new byte["HTTP/1.1 200".Length];
        var length = 0;
        int read;
        do
        {
            var reading = socket.ReceiveAsync(line.AsMemory(length), cancellationToken).AsTask();
            try
            {
                read = await reading.WaitAsync(Patience, TimeProvider.System, cancellationToken);
            }
            catch (TimeoutException)
            {
                socket.Shutdown(SocketShutdown.Send);
                read = await reading;
            }

            length += read;
        }
        while (read > 0 && length < line.Length);

        return length == line.Length ? int.Parse(Encoding.ASCII.GetString(line)[9..], null) : null;
    }
}

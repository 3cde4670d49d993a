using System.Net.Sockets;
using System.Text;

namespace CacheOrleans.Silo.Tests.Http.Fuzz;

/// <summary>Sends bytes to a server, whatever they are, and reads the status of the answer.</summary>
internal static class RawConnection
{
    /// <summary>How long an answer is waited for before the server is told that no more comes: some requests lack
    /// a part of their body.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Sends one request on a connection of its own.</summary>
    /// <returns>The status; null when the server has closed the connection without an answer.</returns>
    public static async Task<int?> SendAsync(int port, byte[] request)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        socket.LingerState = new LingerOption(true, 0); // else tens of thousands of ports wait for two minutes
        await socket.ConnectAsync("127.0.0.1", port, limit.Token);
        try
        {
            await socket.SendAsync(request, limit.Token);
            return await ReadStatusAsync(socket, limit.Token);
        }
        catch (SocketException)
        {
            return null; // it was refused while it was being sent
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

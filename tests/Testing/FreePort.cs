using System.Net;
using System.Net.Sockets;

namespace CacheOrleans.Testing;

/// <summary>Finds loopback ports that nothing listens on.</summary>
/// <remarks>They are below the ephemeral ports of operating systems, because an ephemeral port may be used by a
/// connection before the server listens on it. Test processes that run at the same time begin at different
/// ports.</remarks>
public static class FreePort
{
    private const int First = 10_000;
    private const int Processes = 100;
    private const int PerProcess = 200;

    private static int _last = Environment.ProcessId % Processes * PerProcess;

    public static int Next()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _last) & int.MaxValue) % (Processes * PerProcess));
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace CacheOrleans.Testing;

/// <summary>Finds loopback ports that nothing listens on.</summary>
/// <remarks>They are below those that systems hand out, for one of these may be somebody's connection by the time that
/// a server takes it. Test processes that run at a time begin at different ones.</remarks>
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

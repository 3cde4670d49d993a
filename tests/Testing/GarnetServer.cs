namespace CacheOrleans.Testing;

/// <summary>A Redis-compatible server inside the test's process, on loopback.</summary>
/// <remarks>Scripts run as transactions, as in Redis; Garnet does so only if it is configured.</remarks>
public sealed class GarnetServer : IDisposable
{
    /// <summary>Garnet's constructor initializes static state, and two constructors at once corrupt it for the rest of
    /// the process.</summary>
    private static readonly Lock Making = new();

    private Garnet.GarnetServer? _server;

    public int Port { get; } = FreePort.Next();

    public string ConnectionString => $"127.0.0.1:{Port}";

    public static GarnetServer Launch()
    {
        var server = new GarnetServer();
        server.Start();
        return server;
    }

    public void Start()
    {
        lock (Making)
        {
            _server = new(
            [
                "--bind", "127.0.0.1",
                "--port", $"{Port}",
                "-q",
                "--lua",
                "--lua-transaction-mode",
                "--memory", "256m",
                "--index", "16m",
            ]);
        }

        _server.Start();
    }

    /// <summary>Closes the port and every connection, and forgets all data.</summary>
    public void Stop()
    {
        _server?.Dispose();
        _server = null;
    }

    public void Dispose() => Stop();
}

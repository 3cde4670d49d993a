using System.Globalization;
using CacheOrleans.Testing;
using Garnet;
using Microsoft.Extensions.Logging.Abstractions;

namespace CacheOrleans.Client.Tests;

/// <summary>A Redis-compatible server in this process, for a cluster's membership.</summary>
internal sealed class MembershipRedis : IDisposable
{
    private readonly GarnetServer _server;

    public MembershipRedis()
    {
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        ConnectionString = $"127.0.0.1:{port}";

        // Without Lua the clustering provider waits in vain.
        string[] arguments =
            ["--bind", "127.0.0.1", "--port", port, "--lua", "true", "-q", "true", "--memory", "64m", "--index", "8m"];
        _server = new GarnetServer(arguments, NullLoggerFactory.Instance);
        _server.Start();
    }

    public string ConnectionString { get; }

    public void Dispose() => _server.Dispose();
}

using System.Globalization;
using CacheOrleans.Silo.Startup;
using Garnet;
using Garnet.common;
using Microsoft.Extensions.Logging.Abstractions;

namespace CacheOrleans.Silo.Embedded;

/// <summary>A Redis-compatible server on a loopback port: either this process runs it, or another process does and this
/// one has joined it.</summary>
/// <remarks>Thread-safe. The server's data is in memory and is lost when it stops.</remarks>
internal sealed class EmbeddedRedis(string setting, int port) : IDisposable
{
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(2);

    /// <summary>Serializes calls of Garnet's constructor, which initializes static state: two concurrent calls leave
    /// that state broken for good.</summary>
    private static readonly Lock Construction = new();

    private readonly SemaphoreSlim _gate = new(1, 1);
    private GarnetServer? _server;

    /// <summary>The connection string for clients of the server.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>Whether this process started the server, even if it is stopped now.</summary>
    public bool IsOwn { get; private set; }

    /// <summary>Joins the Redis that responds on the port, or starts a server there.</summary>
    /// <exception cref="StartFailureException">Something other than a Redis uses the port.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await AskAsync(cancellationToken) is null)
        {
            return;
        }

        try
        {
            Start();
            IsOwn = true;
        }
        catch (GarnetException exception)
        {
            // Either another process was faster and its server responds by now, or another program uses the port.
            if (await AskAsync(cancellationToken) is { } error)
            {
                throw new StartFailureException(
                    ExitCode.Configuration,
                    $"Embedded mode cannot use 127.0.0.1:{port} ({setting}): {error}.",
                    exception);
            }
        }
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/>; does nothing if it runs.</summary>
    /// <exception cref="GarnetException">Something else has taken the port.</exception>
    public Task StartAsync() => GuardAsync(Start);

    /// <summary>Stops the server; does nothing if it is stopped.</summary>
    public Task StopAsync() => GuardAsync(Stop);

    public void Dispose()
    {
        Stop();
        _gate.Dispose();
    }

    private Task<string?> AskAsync(CancellationToken cancellationToken) =>
        RedisPing.AskAsync("127.0.0.1", port, speak: true, PingLimit, cancellationToken);

    private async Task GuardAsync(Action action)
    {
        await _gate.WaitAsync();
        try
        {
            await Task.Run(action);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Start()
    {
        if (_server is not null)
        {
            return;
        }

        // Lua is off by default, but the cache and the membership need it, with scripts as atomic as in Redis.
        string[] arguments =
        [
            "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "-q", "true",
            "--lua", "true", "--lua-transaction-mode", "true", "--memory", "256m", "--index", "16m",
        ];
        GarnetServer server;
        lock (Construction)
        {
            server = new GarnetServer(arguments, NullLoggerFactory.Instance);
        }

        try
        {
            server.Start();
            _server = server;
        }
        catch
        {
            // After any error, a half-started server must not keep its threads; the error is rethrown.
            server.Dispose();
            throw;
        }
    }

    private void Stop()
    {
        _server?.Dispose();
        _server = null;
    }
}

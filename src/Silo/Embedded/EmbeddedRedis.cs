using System.Globalization;
using CacheOrleans.Silo.Startup;
using Garnet;
using Garnet.common;
using Microsoft.Extensions.Logging.Abstractions;

namespace CacheOrleans.Silo.Embedded;

/// <summary>A Redis-compatible server on a loopback port: this process's own, or another process's that was joined.
/// </summary>
/// <remarks>Thread-safe. What it holds is in memory, and lost when it stops.</remarks>
internal sealed class EmbeddedRedis(string setting, int port) : IDisposable
{
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(2);

    /// <summary>Garnet's constructor prepares what is static in it, and two at once leave that broken for good.
    /// </summary>
    private static readonly Lock Making = new();

    private readonly SemaphoreSlim _gate = new(1, 1);
    private GarnetServer? _server;

    /// <summary>How clients connect to it.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>Whether this process started it, be it stopped now or not.</summary>
    public bool IsOwn { get; private set; }

    /// <summary>Joins what answers on the port, or starts a server there.</summary>
    /// <exception cref="StartFailureException">Something that is no Redis has the port.</exception>
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
            // Another process was faster, and its server answers by now; or the port is somebody else's.
            if (await AskAsync(cancellationToken) is { } error)
            {
                throw new StartFailureException(
                    ExitCode.Configuration,
                    $"Embedded mode cannot use 127.0.0.1:{port} ({setting}): {error}.",
                    exception);
            }
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>; nothing happens when it runs.</summary>
    /// <exception cref="GarnetException">Something else has taken the port.</exception>
    public Task StartAsync() => GuardAsync(Start);

    /// <summary>Takes it away; nothing happens when it is stopped.</summary>
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

        // Lua is off by default, and both the cache and the membership need it, atomic as it is in Redis.
        string[] arguments =
        [
            "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "-q", "true",
            "--lua", "true", "--lua-transaction-mode", "true", "--memory", "256m", "--index", "16m",
        ];
        GarnetServer server;
        lock (Making)
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
            // Whatever went wrong, a half-started server must not keep its threads; the error goes on.
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

using CacheOrleans.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using StackExchange.Redis.Availability;

namespace CacheOrleans.Redis.Store;

/// <summary>The silo's only connection to the cache's Redis. It connects in the background and reconnects by itself.
/// </summary>
/// <remarks>While there is no connection every command fails at once: a command that waited for a connection would only
/// complete too late.</remarks>
internal sealed class RedisConnection : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReconnectEvery = TimeSpan.FromSeconds(1);

    private readonly ConfigurationOptions _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisConnection> _logger;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ConnectionIssues _issues = new();
    private readonly Lazy<Task<ConnectionMultiplexer>> _connecting;

    public RedisConnection(
        string connectionString,
        IOptions<RedisOptions> options,
        ClusterIdentity cluster,
        TimeProvider time,
        ILogger<RedisConnection> logger)
    {
        Options = options.Value;
        Prefix = new(Options.KeyPrefix!, cluster, time, logger);
        _configuration = Configure(RedisConnectionString.Parse(connectionString), Options);
        _configuration.LoggerFactory = _issues;
        _time = time;
        _logger = logger;
        _connecting = new(() => Task.Run(ConnectAsync));
    }

    /// <summary>The options of this Redis.</summary>
    public RedisOptions Options { get; }

    /// <summary>The prefix of this cluster's keys.</summary>
    public KeyPrefix Prefix { get; }

    /// <summary>Begins to connect without waiting for the connection: a silo starts even without Redis.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = _connecting.Value;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Returns the database, after the first attempt to connect has succeeded or failed.</summary>
    /// <exception cref="RedisConnectionException">There is no connection; the inner exception says why.</exception>
    public ValueTask<IDatabase> GetDatabaseAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _connecting.Value is { IsCompletedSuccessfully: true } connected
            ? new(DatabaseOf(connected.Result))
            : new(WaitAsync(limit, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        await _disposed.CancelAsync().ConfigureAwait(false);
        if (_connecting.IsValueCreated)
        {
            try
            {
                await (await _connecting.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or RedisException)
            {
                // The connection was never made, so there is nothing to close.
            }
        }

        _disposed.Dispose();
    }

    private IDatabase DatabaseOf(ConnectionMultiplexer connected) =>
        _issues.Latest is { } issue && !connected.IsConnected
            ? throw new RedisConnectionException(
                ConnectionFailureType.UnableToResolvePhysicalConnection,
                CommandFlags.None,
                $"There is no connection to Redis. {issue.GetBaseException().Message}",
                issue)
            : connected.GetDatabase();

    private async Task<IDatabase> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            var connected = await _connecting.Value.WaitAsync(limit, _time, cancellationToken).ConfigureAwait(false);
            return DatabaseOf(connected);
        }
        catch (TimeoutException exception)
        {
            throw new RedisConnectionException(
                ConnectionFailureType.UnableToConnect,
                CommandFlags.None,
                "There is no connection to Redis yet.",
                exception);
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        while (true)
        {
            try
            {
                var connected = await ConnectionMultiplexer.ConnectAsync(_configuration).ConfigureAwait(false);
                connected.ConnectionRestored += (_, _) => _issues.Clear();
                return connected;
            }
            catch (Exception exception) when (!_disposed.IsCancellationRequested)
            {
                // Catches everything: whatever the reason, the silo runs without Redis and tries again.
                Log.ConnectFailed(_logger, exception);
                await Task.Delay(ReconnectEvery, _time, _disposed.Token).ConfigureAwait(false);
            }
        }
    }

    private static ConfigurationOptions Configure(ConfigurationOptions configuration, RedisOptions options)
    {
        configuration.AbortOnConnectFail = false;
        configuration.IncludeDetailInExceptions = false; // the detail names keys, and would reach the log
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds;
        configuration.ConnectRetry = 1;

        // The driver checks its limits and lost connections once per heartbeat, so its limits are coarse. Callers get
        // our own, finer limits; AsyncTimeout only decides when the driver forgets a command and abandons a dead
        // socket. SyncTimeout applies to commands that wait for their turn on a connection that is in use.
        configuration.HeartbeatInterval = Heartbeat;
        configuration.AsyncTimeout = (int)Math.Max(1000, options.WriteTimeout.TotalMilliseconds);
        configuration.SyncTimeout = configuration.AsyncTimeout;

        // The driver's own policy backs off to ten seconds and more, which is too long to ignore a Redis that is back.
        var retry = options.ConnectTimeout < ReconnectEvery ? options.ConnectTimeout : ReconnectEvery;
        configuration.ReconnectRetryPolicy = new LinearRetry((int)retry.TotalMilliseconds);
        DisableDriverResilience(configuration);
        return configuration;
    }

    /// <summary>Turns off the driver's own circuit breaker and retries: one breaker decides for the cluster, and a
    /// failed write waits in the queue.</summary>
    private static void DisableDriverResilience(ConfigurationOptions configuration)
    {
#pragma warning disable SER007 // They are experimental, so their defaults may change; therefore they are set here.
        configuration.CircuitBreaker = CircuitBreaker.None;
        configuration.RetryPolicy = RetryPolicy.None;
#pragma warning restore SER007
    }
}

using CacheOrleans.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using StackExchange.Redis.Availability;

namespace CacheOrleans.Redis.Store;

/// <summary>The silo's one connection to the cache's Redis. It connects in the background, and again by itself.
/// </summary>
/// <remarks>While there is no connection every command fails at once: a command that waited for one would only be
/// answered late.</remarks>
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

    /// <summary>The settings of this Redis.</summary>
    public RedisOptions Options { get; }

    /// <summary>What this cluster's keys begin with.</summary>
    public KeyPrefix Prefix { get; }

    /// <summary>Begins to connect and does not wait for it: a silo starts without Redis too.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = _connecting.Value;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The database, once the first attempt to connect has ended, well or not.</summary>
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
                // It never connected, and there is nothing to close.
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
                // Whatever it was, the silo goes on without Redis and tries again.
                Log.ConnectFailed(_logger, exception);
                await Task.Delay(ReconnectEvery, _time, _disposed.Token).ConfigureAwait(false);
            }
        }
    }

    private static ConfigurationOptions Configure(ConfigurationOptions configuration, RedisOptions options)
    {
        configuration.AbortOnConnectFail = false;
        configuration.IncludeDetailInExceptions = false; // the detail names keys, and goes to the log
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds;
        configuration.ConnectRetry = 1;

        // The driver looks at limits and at lost connections once a heartbeat, so its own limits are coarse: callers
        // are answered by ours, and the driver's only tells when to forget a command and to give up a dead socket.
        // The second is that of commands which wait for their turn on a connection that is in use.
        configuration.HeartbeatInterval = Heartbeat;
        configuration.AsyncTimeout = (int)Math.Max(1000, options.WriteTimeout.TotalMilliseconds);
        configuration.SyncTimeout = configuration.AsyncTimeout;

        // The driver's own policy backs off to ten seconds and more, too long to stay without a Redis that is back.
        var retry = options.ConnectTimeout < ReconnectEvery ? options.ConnectTimeout : ReconnectEvery;
        configuration.ReconnectRetryPolicy = new LinearRetry((int)retry.TotalMilliseconds);
        LeaveFailuresToUs(configuration);
        return configuration;
    }

    /// <summary>Keeps the driver from a breaker and from retries of its own: one breaker decides for the cluster, and
    /// a write that failed waits in the queue.</summary>
    private static void LeaveFailuresToUs(ConfigurationOptions configuration)
    {
#pragma warning disable SER007 // "Experimental", so their defaults may change, which is why they are set here.
        configuration.CircuitBreaker = CircuitBreaker.None;
        configuration.RetryPolicy = RetryPolicy.None;
#pragma warning restore SER007
    }
}

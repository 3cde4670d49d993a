using CacheOrleans.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace CacheOrleans.Client.Connection;

/// <summary>The client's own Orleans client, in its own service container, for an application that has none.</summary>
/// <remarks>It connects in the background as soon as a silo is available, and the application does not wait for it.
/// After the first connection Orleans itself reconnects to the cluster, because the list of gateways is read every few
/// seconds. Thread-safe.</remarks>
internal sealed class PrivateConnection(ClusterSettings settings, ILoggerFactory loggers, TimeProvider time)
    : IClusterConnection, IAsyncDisposable, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Lock _lock = new();
    private Task? _run;
    private long _startedAt;
    private volatile IGrainFactory? _grains;

    /// <inheritdoc />
    public Gateways? Gateways { get; private set; }

    /// <inheritdoc />
    public IGrainFactory? Grains => _grains;

    /// <inheritdoc />
    public string Address => settings.Address;

    /// <summary>Begins to connect, unless it has begun already.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_run is null && !_stopping.IsCancellationRequested)
            {
                _startedAt = time.GetTimestamp();
                _run = Task.Run(RunAsync);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask<IGrainFactory?> ConnectAsync(TimeSpan limit)
    {
        Start();
        if (_grains is null && limit - time.GetElapsedTime(_startedAt) is var left && left > TimeSpan.Zero)
        {
            await _first.Task.WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return _grains;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Task? run;
        lock (_lock)
        {
            run = _run;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _first.TrySetResult();
        if (run is not null)
        {
            await run.ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _ = DisposeAsync().AsTask();

    private async Task RunAsync()
    {
        try
        {
            var client = new DetachedClient(Configure);
            await using var disposal = client.ConfigureAwait(false);
            await client.StartAsync(_stopping.Token).ConfigureAwait(false);
            Gateways = client.Services.GetRequiredService<Gateways>();
            _grains = client.Services.GetRequiredService<IClusterClient>();
            _first.TrySetResult();
            loggers.CreateLogger<PrivateConnection>().Connected();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _grains = null;
        }
        // An error of Orleans' start is logged; during a stop, the attempt ends anyway.
        catch (Exception exception)
        {
            _first.TrySetResult();
            if (!_stopping.IsCancellationRequested)
            {
                loggers.CreateLogger<PrivateConnection>().ConnectionFailed(exception);
            }
        }
    }

    private void Configure(IServiceCollection services)
    {
        services.AddSingleton<ILoggerFactory>(_ => new ThrottledLoggerFactory(loggers, time, ownsInner: false));
        services.AddOrleansClient(client =>
        {
            settings.Apply(client);
            client.Services.Configure<ExceptionSerializationOptions>(options =>
                options.SupportedExceptionTypeFilter = static type => type.IsSubclassOf(typeof(Exception)));
        });
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;

namespace CacheOrleans.Client.Connection;

/// <summary>An Orleans client of our own, in services of its own, for an application that has none.</summary>
/// <remarks>It connects in the background, whenever a silo comes, and the application does not wait for it. Once
/// connected, Orleans itself finds the cluster again after it was away: it reads the list of gateways every few
/// seconds, and at once when none is left. Thread-safe.</remarks>
internal sealed class PrivateConnection(ClusterSettings settings, ILoggerFactory loggers, TimeProvider time)
    : IClusterConnection, IAsyncDisposable, IDisposable
{
    /// <summary>How long reads wait for the first connection, from when it is begun.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>How long the silos are waited for when it takes its leave.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1);

    /// <summary>How soon a silo that has come under another address is found.</summary>
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<IGrainFactory?> _first =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Lock _lock = new();
    private Task? _run;
    private volatile IGrainFactory? _grains;

    /// <summary>Begins to connect, if that has not been done.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_run is null && !_stopping.IsCancellationRequested)
            {
                _ = EndGraceAsync();
                _run = Task.Run(RunAsync);
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<IGrainFactory?> GetGrainsAsync()
    {
        if (_run is null)
        {
            Start();
        }

        return _grains is { } grains ? new(grains) : new(_first.Task);
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
        _first.TrySetResult(null);
        if (run is not null)
        {
            await run.ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _ = DisposeAsync().AsTask();

    private async Task EndGraceAsync()
    {
        await Task.Delay(Grace, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _first.TrySetResult(null);
    }

    private async Task RunAsync()
    {
        var services = MakeServices();
        await using var disposal = services.ConfigureAwait(false);
        var hosted = services.GetServices<IHostedService>().ToList();
        try
        {
            foreach (var service in hosted)
            {
                await service.StartAsync(_stopping.Token).ConfigureAwait(false);
            }

            _grains = services.GetRequiredService<IClusterClient>();
            _first.TrySetResult(_grains);
            loggers.CreateLogger<PrivateConnection>().Connected();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
#pragma warning disable CA1031 // Nobody waits for it; what Orleans cannot start with is logged.
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            loggers.CreateLogger<PrivateConnection>().ConnectionFailed(exception);
        }
        catch (OperationCanceledException)
        {
        }

        _grains = null;
        await StopAsync(hosted).ConfigureAwait(false);
    }

    private async Task StopAsync(IEnumerable<IHostedService> hosted)
    {
        using var limit = new CancellationTokenSource(StopLimit, time);
        foreach (var service in hosted)
        {
            await service.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ServiceProvider MakeServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddOrleansClient(client =>
        {
            settings.Apply(client);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = RefreshPeriod);
            client.Services.Configure<ExceptionSerializationOptions>(options =>
                options.SupportedExceptionTypeFilter = static type => type.IsSubclassOf(typeof(Exception)));
        });
        return services.BuildServiceProvider();
    }
}

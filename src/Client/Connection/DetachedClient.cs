using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Client.Connection;

/// <summary>An Orleans client in its own service container.</summary>
internal sealed class DetachedClient : IAsyncDisposable
{
    /// <summary>How long the client waits for the silos when it disconnects.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1);

    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _hosted;

    public DetachedClient(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        configure(services);
        _services = services.BuildServiceProvider();
        _hosted = [.. _services.GetServices<IHostedService>()];
    }

    /// <summary>The services of the client.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Connects.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in _hosted)
        {
            await service.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit, _services.GetRequiredService<TimeProvider>());
        foreach (var service in _hosted)
        {
            await service.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _services.DisposeAsync().ConfigureAwait(false);
    }
}

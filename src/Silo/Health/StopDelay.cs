using CacheOrleans.Silo.Configuration;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Health;

/// <summary>Keeps the API available for a while after a stop has begun, so that load balancers see that the silo is not
/// ready.</summary>
internal sealed class StopDelay(IOptions<HttpSettings> settings, TimeProvider time) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.Delay(settings.Value.StopDelay, time, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

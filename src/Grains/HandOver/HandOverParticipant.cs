using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Hands the writes that still wait over to other silos when this silo stops.</summary>
/// <remarks>Runs after all entries are deactivated, because deactivation may write, and while the silo can still send
/// messages. Nothing is done for a store whose queue does not support hand-over.</remarks>
internal sealed class HandOverParticipant(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) => observer.Subscribe<HandOverParticipant>(
        ServiceLifecycleStage.ApplicationServices, _ => Task.CompletedTask, StopAsync);

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<HandOverTargets>().Leave();
        if (services.GetService<IWriteHandOver>() is { } writes)
        {
            await writes.HandOverAsync(
                services.GetRequiredService<HandOverClient>().OfferAsync, cancellationToken);
        }
    }
}

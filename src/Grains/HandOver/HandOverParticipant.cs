using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Hands the writes that still wait to other silos when this one stops.</summary>
/// <remarks>After the entries have left, for the last of them write while they do, and before the silo can send no more
/// messages. A store whose queue cannot be handed over is left to itself.</remarks>
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

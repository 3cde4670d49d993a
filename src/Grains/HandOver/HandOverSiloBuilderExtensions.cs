using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Adds the hand-over of waiting writes to a silo.</summary>
internal static class HandOverSiloBuilderExtensions
{
    public static ISiloBuilder AddHandOver(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton<HandOverTargets>();
        silo.Services.TryAddSingleton<HandOverClient>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, HandOverParticipant>();
        return silo.AddGrainService<HandOverService>();
    }
}

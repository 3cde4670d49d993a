using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Adds to a silo that it leaves nothing undone which another can do.</summary>
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

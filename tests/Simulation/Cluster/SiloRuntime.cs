using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Timers;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>What a grain asks of its silo.</summary>
internal sealed class SiloRuntime(SiloNode silo) : IGrainRuntime
{
    public string SiloIdentity => silo.Name;

    public SiloAddress SiloAddress => silo.Address;

    public IGrainFactory GrainFactory => silo.World.Root.GetRequiredService<IGrainFactory>();

    public ITimerRegistry TimerRegistry => throw new NotSupportedException();

    public IServiceProvider ServiceProvider => silo.Services;

    public TimeProvider TimeProvider => silo.Time;

    public void DeactivateOnIdle(IGrainContext grainContext) => grainContext.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle"));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) =>
        ((Activation)grainContext).StayFor(timeSpan);

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) =>
        throw new NotSupportedException();
}

using CacheOrleans.Breaker;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Sends the coordinator's snapshots to every silo.</summary>
internal sealed class BreakerClient(IServiceProvider services, IClusterMembershipService membership)
    : GrainServiceClient<IBreakerService>(services)
{
    /// <summary>The active silos, by the names they use in reports.</summary>
    public IEnumerable<string> Silos => Active.Select(silo => silo.ToParsableString());

    private IEnumerable<SiloAddress> Active => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active)
        .Select(member => member.SiloAddress);

    /// <summary>Sends a snapshot to every active silo without waiting for any.</summary>
    /// <remarks>A silo that misses a snapshot gets it with the answer to its next report.</remarks>
    public void Push(BreakerSnapshot snapshot)
    {
        foreach (var silo in Active)
        {
            GetGrainService(silo).ApplyAsync(snapshot).Ignore();
        }
    }
}

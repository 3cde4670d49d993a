using CacheOrleans.Breaker;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Tells every silo what the coordinator says.</summary>
internal sealed class BreakerClient(IServiceProvider services, IClusterMembershipService membership)
    : GrainServiceClient<IBreakerService>(services)
{
    /// <summary>The silos there are, by the names they report under.</summary>
    public IEnumerable<string> Silos => Active.Select(silo => silo.ToParsableString());

    private IEnumerable<SiloAddress> Active => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active)
        .Select(member => member.SiloAddress);

    /// <summary>Sends a snapshot to every active silo, and waits for none.</summary>
    /// <remarks>What is lost on the way comes with the answer to the silo's next report.</remarks>
    public void Push(BreakerSnapshot snapshot)
    {
        foreach (var silo in Active)
        {
            GetGrainService(silo).ApplyAsync(snapshot).Ignore();
        }
    }
}

using CacheOrleans.Breaker;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Tells every silo what the coordinator says.</summary>
internal sealed class BreakerClient(IServiceProvider services, IClusterMembershipService membership)
    : GrainServiceClient<IBreakerService>(services)
{
    /// <summary>Sends a snapshot to every active silo, and waits for none.</summary>
    /// <remarks>What is lost on the way comes with the answer to the silo's next report.</remarks>
    public void Push(BreakerSnapshot snapshot)
    {
        foreach (var member in membership.CurrentSnapshot.Members.Values)
        {
            if (member.Status == SiloStatus.Active)
            {
                GetGrainService(member.SiloAddress).ApplyAsync(snapshot).Ignore();
            }
        }
    }
}

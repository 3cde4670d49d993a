using CacheOrleans.Storage;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Offers the waiting writes of this silo, which stops, to silos that continue to run.</summary>
/// <remarks>Its owner makes one call at a time.</remarks>
internal sealed class HandOverClient(
    IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails self, TimeProvider time)
    : GrainServiceClient<IHandOverService>(services)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<SiloAddress> _leaving = [];
    private int _turn;

    /// <summary>Offers some writes to one silo after the other, beginning with a different one at each call.</summary>
    /// <returns>Whether a silo has taken them; false if no silo continues to run.</returns>
    public async Task<bool> OfferAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        StoreWrite[] message = [.. writes];
        while (Next() is { } silo)
        {
            try
            {
                if (await GetGrainService(silo).TakeAsync(message).WaitAsync(cancellationToken))
                {
                    return true;
                }

                _leaving.Add(silo);
            }
            catch (Exception)
            {
                // Whatever the reason, the silo has not confirmed that it took the writes. If it is dead, the
                // membership soon shows that.
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        return false;
    }

    private SiloAddress? Next()
    {
        List<SiloAddress> staying = [.. membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .Select(member => member.SiloAddress)
            .Where(silo => !silo.Equals(self.SiloAddress) && !_leaving.Contains(silo))];
        return staying.Count == 0 ? null : staying[_turn++ % staying.Count];
    }
}

using CacheOrleans.Storage;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Finds a silo that stays for the writes of one that stops.</summary>
/// <remarks>One silo, which stops, calls it, one call at a time.</remarks>
internal sealed class HandOverClient(
    IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails self, TimeProvider time)
    : GrainServiceClient<IHandOverService>(services)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<SiloAddress> _leaving = [];
    private int _turn;

    /// <summary>Offers some writes to one silo after the other, each message to another first.</summary>
    /// <returns>Whether one has taken them; false: there is none that stays.</returns>
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
                // Whatever the reason, it has not said that it took them. If it is dead, it soon counts as such.
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

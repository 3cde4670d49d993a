using CacheOrleans.Grains.Registration;

namespace CacheOrleans.Grains.Diagnostics;

/// <inheritdoc cref="IClusterStatistics"/>
internal sealed class ClusterStatistics(
    IClusterCaches caches, CacheMetrics metrics, StatisticsClient client, IClusterMembershipService membership)
    : IClusterStatistics
{
    public async Task<IReadOnlyList<CacheStatistics>> GetAsync(CancellationToken cancellationToken)
    {
        var silos = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .Select(member => ReadAsync(member.SiloAddress));
        var answers = await Task.WhenAll(silos).WaitAsync(cancellationToken);
        var own = metrics.Read();
        return [.. (await caches.GetAsync(cancellationToken)).Select(cache => new CacheStatistics(
            cache.Definition,
            cache.Declaration is null,
            own.GetValueOrDefault(cache.Definition.Name) ?? new CacheCounters(),
            answers.Select(answer => answer.GetValueOrDefault(cache.Definition.Name)).OfType<CacheCounters>()
                .Aggregate(new CacheCounters(), (sum, counters) => sum + counters)))];
    }

    private async Task<Dictionary<string, CacheCounters>> ReadAsync(SiloAddress silo)
    {
        try
        {
            return await client.ReadAsync(silo);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            return [];
        }
    }
}

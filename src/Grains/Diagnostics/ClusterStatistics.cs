using CacheOrleans.Grains.Coordination;
using CacheOrleans.Grains.Registration;

namespace CacheOrleans.Grains.Diagnostics;

/// <inheritdoc cref="IClusterStatistics"/>
internal sealed class ClusterStatistics(
    IClusterCaches caches, CacheMetrics metrics, ActiveSilos<IStatisticsService> silos) : IClusterStatistics
{
    public async Task<IReadOnlyList<CacheStatistics>> GetAsync(CancellationToken cancellationToken)
    {
        var answers = await silos.AskAsync(
            silo => silo.ReadAsync(), IStatisticsService.AnswerLimit, cancellationToken);
        var own = metrics.Read();
        return [.. (await caches.GetAsync(cancellationToken)).Select(cache => new CacheStatistics(
            cache.Definition,
            cache.Declaration is null,
            own.GetValueOrDefault(cache.Definition.Name) ?? new CacheCounters(),
            answers.Select(answer => answer.GetValueOrDefault(cache.Definition.Name)).OfType<CacheCounters>()
                .Aggregate(new CacheCounters(), (sum, counters) => sum + counters)))];
    }
}

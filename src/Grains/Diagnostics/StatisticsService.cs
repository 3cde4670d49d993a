using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Answers for this silo's counters.</summary>
internal sealed class StatisticsService(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggerFactory, CacheMetrics metrics)
    : GrainService(id, silo, loggerFactory), IStatisticsService
{
    public Task<Dictionary<string, CacheCounters>> ReadAsync() => Task.FromResult(metrics.Read());
}

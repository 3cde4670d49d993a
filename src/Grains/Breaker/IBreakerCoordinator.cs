using CacheOrleans.Breaker;
using Orleans.Concurrency;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The side of <see cref="ICircuitBreakerGrain"/> that the silos report to.</summary>
[Alias("CacheOrleans.IBreakerCoordinator")]
internal interface IBreakerCoordinator : IGrainWithStringKey
{
    /// <remarks>Interleaves, because other calls wait until the silos have reported.</remarks>
    [Alias("ReportAsync")]
    [AlwaysInterleave]
    [ResponseTimeout("00:00:01")]
    Task<BreakerAnswer> ReportAsync(BreakerReport report);
}

using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The side of <see cref="ICircuitBreakerGrain"/> that the silos report to.</summary>
[Alias("CacheOrleans.IBreakerCoordinator")]
internal interface IBreakerCoordinator : IGrainWithStringKey
{
    [Alias("ReportAsync")]
    [ResponseTimeout("00:00:01")]
    Task<BreakerAnswer> ReportAsync(BreakerReport report);
}

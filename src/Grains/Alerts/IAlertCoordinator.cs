using CacheOrleans.Alerts;
using Orleans.Concurrency;

namespace CacheOrleans.Grains.Alerts;

/// <summary>The side of <see cref="IAlertThrottleGrain"/> that the silos report to.</summary>
[Alias("CacheOrleans.IAlertCoordinator")]
internal interface IAlertCoordinator : IGrainWithStringKey
{
    /// <remarks>Interleaves, because other calls wait until messages are delivered.</remarks>
    [Alias("ReportAsync")]
    [AlwaysInterleave]
    [ResponseTimeout("00:00:01")]
    Task<AlertAnswer> ReportAsync(AlertReport report);
}

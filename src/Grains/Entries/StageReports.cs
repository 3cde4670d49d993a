using CacheOrleans.Alerts;
using CacheOrleans.Grains.Diagnostics;

namespace CacheOrleans.Grains.Entries;

/// <summary>Reports how the stages of one cache's lookups end: counts failures, and raises alerts.</summary>
/// <remarks>A success is reported only while an alert is open: otherwise it costs one volatile read.</remarks>
internal sealed class StageReports(string cache, CacheMeter meter, IAlerts alerts)
{
    public void OnFailure(AlertStage stage, Exception exception)
    {
        meter.OnError();
        alerts.OnFailure(cache, stage, exception);
    }

    public void OnSuccess(AlertStage stage)
    {
        if (alerts.HasProblems)
        {
            alerts.OnSuccess(cache, stage);
        }
    }
}

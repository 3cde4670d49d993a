using CacheOrleans.Alerts;
using CacheOrleans.Grains.Diagnostics;

namespace CacheOrleans.Grains.Entries;

/// <summary>Tells how the stages of one cache's lookups end: counts what fails, and has people alerted.</summary>
/// <remarks>A success is told only while something is wrong: until then it costs one volatile read.</remarks>
internal sealed class StageReports(string cache, CacheMeter meter, IAlerts alerts)
{
    public void OnFailure(AlertStage stage, Exception exception)
    {
        meter.OnError();
        alerts.OnFailure(cache, stage, exception);
    }

    public void OnSuccess(AlertStage stage)
    {
        if (alerts.AreOpen)
        {
            alerts.OnSuccess(cache, stage);
        }
    }
}

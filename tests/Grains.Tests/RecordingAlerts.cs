using System.Collections.Concurrent;
using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Tests;

/// <summary>Records the reported failures and successes of the stages.</summary>
internal sealed class RecordingAlerts : IAlerts
{
    public bool HasProblems { get; set; }

    public ConcurrentQueue<(string Cache, AlertStage Stage, Exception? Exception)> Reports { get; } = new();

    public void OnFailure(string cache, AlertStage stage, Exception exception) =>
        Reports.Enqueue((cache, stage, exception));

    public void OnSuccess(string cache, AlertStage stage) => Reports.Enqueue((cache, stage, null));
}

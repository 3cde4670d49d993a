using System.Collections.Concurrent;
using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Tests;

/// <summary>Remembers what it was told of the stages.</summary>
internal sealed class RecordingAlerts : IAlerts
{
    public bool AreOpen { get; set; }

    public ConcurrentQueue<(string Cache, AlertStage Stage, Exception? Exception)> Told { get; } = new();

    public void OnFailure(string cache, AlertStage stage, Exception exception) =>
        Told.Enqueue((cache, stage, exception));

    public void OnSuccess(string cache, AlertStage stage) => Told.Enqueue((cache, stage, null));
}

using System.Collections.Concurrent;
using CacheOrleans.Alerts;

namespace CacheOrleans.Testing;

/// <summary>Keeps the reported outcomes of the stages, and counts how often HasProblems is read.</summary>
public sealed class RecordingAlerts : IAlerts
{
    private volatile bool _areOpen;
    private int _asked;

    public bool HasProblems
    {
        get
        {
            Interlocked.Increment(ref _asked);
            return _areOpen;
        }

        set => _areOpen = value;
    }

    public int Asked => Volatile.Read(ref _asked);

    public ConcurrentQueue<(string Cache, AlertStage Stage, Exception? Exception)> Reports { get; } = new();

    public void OnFailure(string cache, AlertStage stage, Exception exception) =>
        Reports.Enqueue((cache, stage, exception));

    public void OnSuccess(string cache, AlertStage stage) => Reports.Enqueue((cache, stage, null));
}

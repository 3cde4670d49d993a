using System.Collections.Concurrent;
using CacheOrleans.Alerts;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>Remembers what it was told of the stages, and how often it was asked.</summary>
internal sealed class RecordingAlerts : IAlerts
{
    private volatile bool _areOpen;
    private int _asked;

    public bool AreOpen
    {
        get
        {
            Interlocked.Increment(ref _asked);
            return _areOpen;
        }

        set => _areOpen = value;
    }

    public int Asked => Volatile.Read(ref _asked);

    public ConcurrentQueue<(string Cache, AlertStage Stage, Exception? Exception)> Told { get; } = new();

    public void OnFailure(string cache, AlertStage stage, Exception exception) =>
        Told.Enqueue((cache, stage, exception));

    public void OnSuccess(string cache, AlertStage stage) => Told.Enqueue((cache, stage, null));
}

using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>A gate that the test opens and closes, and that keeps the outcomes that are reported to it.</summary>
internal sealed class FakeGate : IBreakerGate
{
    private int _asked;

    private volatile bool _isOpen = true;

    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }

    public int Asked => Volatile.Read(ref _asked);

    public ConcurrentQueue<Outcome> Reports { get; } = new();

    /// <summary>Returns a different pass each time: the number of calls so far.</summary>
    public bool TryEnter(out BreakerPass pass)
    {
        pass = new(Interlocked.Increment(ref _asked));
        return IsOpen;
    }

    public void OnSuccess(BreakerPass pass, StoreOperation operation) => Reports.Enqueue(new(pass, operation));

    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure) =>
        Reports.Enqueue(new(pass, operation, cache, failure.Kind));

    /// <summary>A reported success, or a reported failure of a cache.</summary>
    internal sealed record Outcome(
        BreakerPass Pass, StoreOperation Operation, string? Cache = null, StoreFailureKind? Kind = null);
}

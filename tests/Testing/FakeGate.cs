using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Testing;

/// <summary>A gate that refuses when the test says so, and that keeps the outcomes that are reported to it.</summary>
public sealed class FakeGate : IBreakerGate
{
    private int _asked;
    private volatile bool _refuses;

    /// <summary>Whether calls must skip the store.</summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <summary>The number of calls so far, which is also the generation of the last pass.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public ConcurrentQueue<Outcome> Reports { get; } = new();

    public bool TryEnter(out BreakerPass pass)
    {
        pass = new(Interlocked.Increment(ref _asked));
        return !_refuses;
    }

    public void OnSuccess(BreakerPass pass, StoreOperation operation) => Reports.Enqueue(new(pass, operation));

    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure) =>
        Reports.Enqueue(new(pass, operation, cache, failure.Kind));

    /// <summary>A reported success, or a reported failure of a cache.</summary>
    public sealed record Outcome(
        BreakerPass Pass, StoreOperation Operation, string? Cache = null, StoreFailureKind? Kind = null);
}

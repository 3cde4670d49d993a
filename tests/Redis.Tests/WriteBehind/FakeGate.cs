using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>A gate that the test opens and closes, and that keeps what it is told.</summary>
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

    public ConcurrentQueue<Told> All { get; } = new();

    /// <summary>Every pass it gives is another: how often it was asked until then.</summary>
    public bool TryEnter(out BreakerPass pass)
    {
        pass = new(Interlocked.Increment(ref _asked));
        return IsOpen;
    }

    public void OnSuccess(BreakerPass pass, StoreOperation operation) => All.Enqueue(new(pass, operation));

    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure) =>
        All.Enqueue(new(pass, operation, cache, failure.Kind));

    /// <summary>A success, or the failure of a cache.</summary>
    internal sealed record Told(
        BreakerPass Pass, StoreOperation Operation, string? Cache = null, StoreFailureKind? Kind = null);
}

using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests;

/// <summary>A gate that is open or closed as it is told, and remembers what it was told of the store.</summary>
internal sealed class FakeGate : IBreakerGate
{
    private static readonly BreakerPass Pass = new(7);

    public bool IsOpen { get; set; }

    public ConcurrentQueue<(BreakerPass Pass, StoreOperation Operation, string? Cache, StoreFailure? Failure)> Told
    {
        get;
    } = new();

    public bool TryEnter(out BreakerPass pass)
    {
        pass = Pass;
        return !IsOpen;
    }

    public void OnSuccess(BreakerPass pass, StoreOperation operation) => Told.Enqueue((pass, operation, null, null));

    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure) =>
        Told.Enqueue((pass, operation, cache, failure));
}

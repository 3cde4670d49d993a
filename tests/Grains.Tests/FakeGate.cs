using System.Collections.Concurrent;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests;

/// <summary>A gate that a test opens or closes, and that records the reported results of the store.</summary>
internal sealed class FakeGate : IBreakerGate
{
    private static readonly BreakerPass Pass = new(7);

    public bool IsOpen { get; set; }

    public ConcurrentQueue<(BreakerPass Pass, StoreOperation Operation, string? Cache, StoreFailure? Failure)> Reports
    {
        get;
    } = new();

    public bool TryEnter(out BreakerPass pass)
    {
        pass = Pass;
        return !IsOpen;
    }

    public void OnSuccess(BreakerPass pass, StoreOperation operation) => Reports.Enqueue((pass, operation, null, null));

    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure) =>
        Reports.Enqueue((pass, operation, cache, failure));
}

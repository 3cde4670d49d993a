using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests;

internal sealed class FakeGate : IBreakerGate
{
    public bool IsOpen { get; set; }

    public bool TryEnter(out BreakerPass pass)
    {
        pass = default;
        return !IsOpen;
    }

    public void OnSuccess(BreakerPass pass, StoreOperation operation)
    {
    }

    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure)
    {
    }
}

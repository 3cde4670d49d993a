using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Tests.WriteBehind;

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

    public bool TryEnter(out BreakerPass pass)
    {
        pass = default;
        Interlocked.Increment(ref _asked);
        return IsOpen;
    }

    public void OnSuccess(BreakerPass pass, StoreOperation operation)
    {
    }

    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure)
    {
    }
}

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

    public bool TryEnter()
    {
        Interlocked.Increment(ref _asked);
        return IsOpen;
    }
}

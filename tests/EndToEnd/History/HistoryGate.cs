using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>Pauses the calls of a history.</summary>
internal sealed class HistoryGate
{
    private int _inside;
    private volatile bool _isClosed;

    public bool TryEnter()
    {
        Interlocked.Increment(ref _inside);
        if (!_isClosed)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _inside);

    /// <summary>Lets no more calls begin, and waits until all calls under way have ended.</summary>
    public Task CloseAsync()
    {
        _isClosed = true;
        return Eventually.TrueAsync(() => Volatile.Read(ref _inside) == 0, "no call is under way");
    }
}

namespace CacheOrleans.Grains.Entries;

/// <summary>Remembers that something is wrong, so that a change is logged once and a storm is not.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Latch
{
    private int _isSet;

    /// <summary>Records what happened; returns whether that is a change.</summary>
    public bool Turn(bool isSet)
    {
        var value = isSet ? 1 : 0;
        return Volatile.Read(ref _isSet) != value && Interlocked.Exchange(ref _isSet, value) != value;
    }
}

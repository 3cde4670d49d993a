namespace CacheOrleans.Grains.Entries;

/// <summary>Remembers whether something is wrong, so that only changes are logged and not every failure.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Latch
{
    private int _isSet;

    /// <summary>Sets the state, and returns whether that is a change.</summary>
    public bool Turn(bool isSet)
    {
        var value = isSet ? 1 : 0;
        return Volatile.Read(ref _isSet) != value && Interlocked.Exchange(ref _isSet, value) != value;
    }
}

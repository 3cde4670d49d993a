namespace CacheOrleans.Client.Near;

/// <summary>Tracks the bytes that all copies of a client take together.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NearBudget(long limit)
{
    private long _used;

    /// <summary>The number of bytes in use.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Whether the copies exceed the limit.</summary>
    public bool IsExceeded => Used > limit;

    /// <summary>Whether the copies take more than the target of a trim, which is 90 % of the limit, so that copies are
    /// not dropped one by one.</summary>
    public bool IsTight => Used > limit - (limit / 10);

    /// <summary>Whether a copy of a size may be kept: a single copy may take at most a quarter of the limit.</summary>
    public bool Allows(int size) => size <= limit / 4;

    /// <summary>Adds the bytes of a new copy, or, with a negative number, subtracts those of a dropped one.</summary>
    public void Add(long bytes) => Interlocked.Add(ref _used, bytes);
}

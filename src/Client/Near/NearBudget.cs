namespace CacheOrleans.Client.Near;

/// <summary>The bytes that all copies of a client take together.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NearBudget(long limit)
{
    private long _used;

    /// <summary>What they take now.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Whether they take too much.</summary>
    public bool IsExceeded => Used > limit;

    /// <summary>Whether there is more than is left standing once copies have to go, so that they need not go one by
    /// one.</summary>
    public bool IsTight => Used > limit - (limit / 10);

    /// <summary>Whether a copy of a size may be made: one alone does not take more than a quarter.</summary>
    public bool Allows(int size) => size <= limit / 4;

    /// <summary>A copy has come, or with a negative number gone.</summary>
    public void Add(long bytes) => Interlocked.Add(ref _used, bytes);
}

namespace CacheOrleans.Client.Caches;

/// <summary>Counts the events of one cache in this process, except hits, which the cache's copies count.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ClientMeter
{
    private long _misses;
    private long _fallbacks;
    private long _locals;
    private long _unreadable;

    /// <summary>Reads that no copy could answer.</summary>
    public long Misses => Volatile.Read(ref _misses);

    /// <summary>Runs of callers' fallbacks, with or without a lease.</summary>
    public long Fallbacks => Volatile.Read(ref _fallbacks);

    /// <summary>Runs of callers' fallbacks without a lease, because the cluster did not answer.</summary>
    public long Locals => Volatile.Read(ref _locals);

    /// <summary>Values that the serializer could not read.</summary>
    public long Unreadable => Volatile.Read(ref _unreadable);

    public void OnMiss(int count = 1) => Interlocked.Add(ref _misses, count);

    public void OnFallback() => Interlocked.Increment(ref _fallbacks);

    public void OnLocal() => Interlocked.Increment(ref _locals);

    public void OnUnreadable() => Interlocked.Increment(ref _unreadable);
}

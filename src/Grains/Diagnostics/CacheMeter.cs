namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Counts the requests, hits, loads and failures of one cache on this silo.</summary>
/// <remarks>Thread-safe; a count is one interlocked addition, read by observable counters.</remarks>
internal sealed class CacheMeter
{
    private long _requests;
    private long _memory;
    private long _redis;
    private long _fallback;
    private long _shared;
    private long _skipped;
    private long _errors;

    public void OnRequest() => Interlocked.Increment(ref _requests);

    public void OnMemoryHit() => Interlocked.Increment(ref _memory);

    public void OnRedisHit() => Interlocked.Increment(ref _redis);

    public void OnFallback() => Interlocked.Increment(ref _fallback);

    public void OnShared() => Interlocked.Increment(ref _shared);

    public void OnSkipped() => Interlocked.Increment(ref _skipped);

    public void OnError() => Interlocked.Increment(ref _errors);

    public CacheCounters Read() => new(
        Volatile.Read(ref _requests),
        Volatile.Read(ref _memory),
        Volatile.Read(ref _redis),
        Volatile.Read(ref _fallback),
        Volatile.Read(ref _shared),
        Volatile.Read(ref _skipped),
        Volatile.Read(ref _errors));
}

namespace CacheOrleans.Bench.Outage;

/// <summary>How often all silos have asked their stores for something.</summary>
internal sealed class AttemptCount
{
    private int _value;

    public int Value => Volatile.Read(ref _value);

    public void Add() => Interlocked.Increment(ref _value);
}

namespace CacheOrleans.Bench.Outage;

/// <summary>Counts the calls that all silos have made to their stores.</summary>
internal sealed class AttemptCount
{
    private int _value;

    public int Value => Volatile.Read(ref _value);

    public void Add() => Interlocked.Increment(ref _value);
}

namespace CacheOrleans.Breaker;

/// <summary>Holds the newest failures of one silo, each with its time.</summary>
/// <remarks>Its owner serializes access. All times are readings of one monotonic clock.</remarks>
public sealed class FailureRecord
{
    /// <summary>How many failures are kept at most; a new failure then replaces the oldest.</summary>
    public const int Capacity = 100;

    private readonly Queue<(string Name, TimeSpan At)> _failures = new();

    /// <summary>How many failures are recorded.</summary>
    public int Count => _failures.Count;

    /// <summary>Records a failure.</summary>
    public void Add(TimeSpan now, string name)
    {
        if (_failures.Count == Capacity)
        {
            _failures.Dequeue();
        }

        _failures.Enqueue((name, now));
    }

    /// <summary>Forgets all failures.</summary>
    public void Clear() => _failures.Clear();

    /// <summary>Forgets the failures that are as old as the window or older.</summary>
    public void Prune(TimeSpan now, TimeSpan window)
    {
        while (_failures.TryPeek(out var oldest) && now - oldest.At >= window)
        {
            _failures.Dequeue();
        }
    }

    /// <summary>Returns the failures with their ages, oldest first.</summary>
    public BreakerFailure[] Read(TimeSpan now) =>
        [.. _failures.Select(failure => new BreakerFailure(failure.Name, now - failure.At))];
}

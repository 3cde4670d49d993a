namespace CacheOrleans.Breaker;

/// <summary>The failures of one silo, each with the moment it happened, the newest of them.</summary>
/// <remarks>Its owner serialises access. Times are of one monotonic clock.</remarks>
public sealed class FailureRecord
{
    /// <summary>How many failures are kept; older ones give way.</summary>
    public const int Capacity = 100;

    private readonly Queue<(string Name, TimeSpan At)> _failures = new();

    /// <summary>How many failures are kept.</summary>
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

    /// <summary>Forgets all.</summary>
    public void Clear() => _failures.Clear();

    /// <summary>Forgets what is out of the window; a failure exactly as old is.</summary>
    public void Prune(TimeSpan now, TimeSpan window)
    {
        while (_failures.TryPeek(out var oldest) && now - oldest.At >= window)
        {
            _failures.Dequeue();
        }
    }

    /// <summary>How old each failure is, oldest first.</summary>
    public BreakerFailure[] Read(TimeSpan now) =>
        [.. _failures.Select(failure => new BreakerFailure(failure.Name, now - failure.At))];
}

using CacheOrleans.Storage;

namespace CacheOrleans.Breaker;

/// <summary>What one silo has seen of the store in this term.</summary>
internal sealed class SiloRecord
{
    private readonly FailureRecord _failures = new();
    private bool _hasReadFailed;
    private bool _hasWriteFailed;

    public int Count => _failures.Count;

    public bool IsTroubled => IsFailing || _failures.Count > 0;

    /// <summary>Whether the latest read, or the latest write, failed.</summary>
    public bool IsFailing => _hasReadFailed || _hasWriteFailed;

    public TimeSpan? LastUsedAt { get; private set; }

    public void OnUsed(TimeSpan now) => LastUsedAt = now;

    /// <summary>Takes a success; one of a write clears the failures.</summary>
    /// <returns>Whether that is news.</returns>
    public bool OnSuccess(StoreOperation operation)
    {
        var wasTroubled = IsTroubled;
        var wasFailing = IsFailing;
        switch (operation)
        {
            case StoreOperation.Read:
                _hasReadFailed = false;
                return wasFailing && !IsFailing;
            case StoreOperation.Write:
                Clear();
                return wasTroubled;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, null);
        }
    }

    public void OnFailure(TimeSpan now, StoreOperation operation, string cache, TimeSpan window)
    {
        _hasReadFailed |= operation == StoreOperation.Read;
        _hasWriteFailed |= operation == StoreOperation.Write;
        _failures.Prune(now, window);
        _failures.Add(now, cache);
    }

    /// <summary>The failures inside the window, oldest first.</summary>
    public BreakerFailure[] Read(TimeSpan now, TimeSpan window)
    {
        _failures.Prune(now, window);
        return _failures.Read(now);
    }

    public void Clear()
    {
        _failures.Clear();
        _hasReadFailed = false;
        _hasWriteFailed = false;
    }
}

using CacheOrleans.Storage;

namespace CacheOrleans.Breaker;

/// <summary>Records one silo's calls to the store and their failures in this term.</summary>
internal sealed class SiloRecord
{
    private readonly FailureRecord _failures = new();
    private int _failedReads;
    private int _failedWrites;
    private TimeSpan _countsSince;

    public int Count => _failures.Count;

    public bool HasFailures => FailuresInARow > 0 || _failures.Count > 0;

    /// <summary>The reads that failed since a read succeeded, plus the writes that failed since a write succeeded.
    /// </summary>
    public int FailuresInARow => _failedReads + _failedWrites;

    /// <summary>The failures in this term within about one sampling duration; a success does not clear them.</summary>
    public int RecentFailures { get; private set; }

    public TimeSpan? LastUsedAt { get; private set; }

    public void OnUsed(TimeSpan now) => LastUsedAt = now;

    /// <summary>Records a success; a successful write clears the failures.</summary>
    /// <returns>Whether the success cleared failures, so that the coordinator must be informed.</returns>
    public bool OnSuccess(StoreOperation operation)
    {
        if (operation == StoreOperation.Read)
        {
            var isNews = _failedReads > 0;
            _failedReads = 0;
            return isNews;
        }

        var wasTroubled = _failedWrites > 0 || _failures.Count > 0;
        _failedWrites = 0;
        _failures.Clear();
        return wasTroubled;
    }

    public void OnFailure(TimeSpan now, StoreOperation operation, string cache, TimeSpan window)
    {
        _failedReads += operation == StoreOperation.Read ? 1 : 0;
        _failedWrites += operation == StoreOperation.Write ? 1 : 0;
        _failures.Prune(now, window);
        _failures.Add(now, cache);
        if (RecentFailures == 0 || now - _countsSince >= window)
        {
            (RecentFailures, _countsSince) = (0, now);
        }

        RecentFailures++;
    }

    /// <summary>Returns the failures within the window, oldest first.</summary>
    public BreakerFailure[] Read(TimeSpan now, TimeSpan window)
    {
        _failures.Prune(now, window);
        return _failures.Read(now);
    }

    public void Clear()
    {
        _failures.Clear();
        _failedReads = 0;
        _failedWrites = 0;
        RecentFailures = 0;
    }
}

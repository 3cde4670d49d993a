namespace CacheOrleans.Client.Distributed;

/// <summary>Lets the thread pool have a thread at once for each one that a synchronous call blocks.</summary>
/// <remarks>What the blocked thread waits for needs a thread of the pool. The pool by itself makes some at once and
/// then up to forty a second, so that a crowd of callers would wait for seconds. Thread-safe.</remarks>
internal sealed class BlockedThreads
{
    /// <summary>The most threads; beyond, the pool goes by its own pace.</summary>
    public const int Max = 256;

    private readonly Lock _lock = new();
    private int _blocked;
    private int _added;
    private int _lastSet;

    /// <summary>A thread of the pool is about to be blocked.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            if (_blocked++ < Max)
            {
                Change(1);
            }
        }
    }

    /// <summary>It is not blocked any more.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_blocked < Max)
            {
                Change(-1);
            }
        }
    }

    /// <summary>Raises or lowers the pool's minimum; what the application has set meanwhile is not lowered.</summary>
    private void Change(int by)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        if (workers != _lastSet)
        {
            _added = 0;
        }

        if (_added + by >= 0 && ThreadPool.SetMinThreads(workers + by, ports))
        {
            _added += by;
            _lastSet = workers + by;
        }
    }
}

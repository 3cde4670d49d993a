namespace CacheOrleans.Client.Distributed;

/// <summary>Lets the thread pool create a thread at once for each thread that a synchronous call blocks.</summary>
/// <remarks>The work that the blocked thread waits for needs a thread of the pool. The pool itself creates only some
/// threads at once and then up to forty a second, so that many concurrent callers would wait for seconds.
/// Thread-safe.</remarks>
internal sealed class BlockedThreads
{
    /// <summary>The most additional threads; beyond them the pool grows at its own pace.</summary>
    public const int Max = 256;

    private readonly Lock _lock = new();
    private int _blocked;
    private int _added;
    private int _lastSet;

    /// <summary>Called before a thread of the pool is blocked.</summary>
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

    /// <summary>Called when the thread is no longer blocked.</summary>
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

    /// <summary>Raises or lowers the pool's minimum; a minimum that the application has set in the meantime is not
    /// lowered.</summary>
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

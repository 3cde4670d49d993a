namespace CacheOrleans.Simulation.Engine;

/// <summary>Lets one event happen after the other, each after everything that the last one caused has run.</summary>
/// <remarks>The pool has one thread. What an event starts, by whatever way, waits in the pool's queues, and this waits
/// behind it: the order is the same in every run.</remarks>
internal sealed class Driver(Scheduler scheduler, Func<bool> isOver) : IThreadPoolWorkItem
{
    /// <summary>The most events of a history.</summary>
    private const long MaxEvents = 1_000_000;

    /// <summary>The most turns that the work which one event starts takes.</summary>
    private const long MaxWaits = 100_000;

    private readonly TaskCompletionSource _ended = new();
    private long _waits;
    private Action? _begin;

    /// <summary>Runs a history.</summary>
    /// <param name="begin">Schedules the first events.</param>
    public void Run(Action begin)
    {
        _begin = begin;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        _ended.Task.GetAwaiter().GetResult();
    }

    public void Execute()
    {
        try
        {
            if (ThreadPool.PendingWorkItemCount > 0)
            {
                ThrowIfEndless(++_waits, MaxWaits);
            }
            else if (Next())
            {
                _waits = 0;
            }
            else
            {
                _ended.SetResult();
                return;
            }
        }
        catch (Exception exception)
        {
            _ended.SetException(exception);
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void ThrowIfEndless(long count, long most)
    {
        if (count > most)
        {
            throw new InvalidOperationException(
                $"At {scheduler.Now}, after {scheduler.Count} events, {scheduler.Last} goes on without end.");
        }
    }

    private bool Next()
    {
        if (_begin is { } begin)
        {
            _begin = null;
            begin();
            return true;
        }

        if (isOver())
        {
            return false;
        }

        ThrowIfEndless(scheduler.Count, MaxEvents);
        scheduler.RunNext();
        return true;
    }
}

using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Storage;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Holds the queue's operations: those that wait, and the batch that is being sent to the store.</summary>
/// <remarks>Thread-safe: it locks itself, and never awaits while it holds the lock.</remarks>
internal sealed class WriteBehindBuffer : IDisposable
{
    /// <summary>A batch also ends at this size, or large values would never be written in time.</summary>
    private const int MaxBatchBytes = 4 * 1024 * 1024;

    private readonly TimeSpan _drainTimeout;
    private readonly TimeProvider _time;
    private readonly WriteBehindBounds _bounds;
    private readonly WriteBehindDiagnostics _diagnostics;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _lock = new();
    private readonly WaitingWrites _waiting;
    private readonly List<QueuedWrite> _batch = [];
    private bool _isIdle;
    private bool _isHolding;
    private bool _isClosed;

    public WriteBehindBuffer(
        IOptions<WriteBehindOptions> options,
        TimeProvider time,
        WriteBehindBounds bounds,
        WriteBehindDiagnostics diagnostics)
    {
        _drainTimeout = options.Value.DrainTimeout;
        _time = time;
        _bounds = bounds;
        _diagnostics = diagnostics;
        _waiting = bounds.Waiting;
        diagnostics.ObserveQueued(() => _waiting.Count);
    }

    /// <summary>How many operations wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Whether the buffer accepts no more operations.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _isClosed;
            }
        }
    }

    public PendingWrite Enqueue(StoreWrite write)
    {
        PendingWrite pending;
        lock (_lock)
        {
            if (_isClosed)
            {
                return Completed(StoreWriteResult.Dropped);
            }

            pending = Accept(write);
        }

        Wake();
        return pending;
    }

    /// <summary>Waits for an operation to send. Returns false when there is none and the buffer is closed.</summary>
    public async Task<bool> HasWorkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_lock)
            {
                if (_waiting.Count > 0 || _isClosed)
                {
                    return _waiting.Count > 0;
                }

                _isIdle = true;
            }

            await _wake.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the next batch, and drops expired operations instead of sending them.</summary>
    public IReadOnlyList<StoreWrite> TakeBatch(int size)
    {
        var now = _time.GetUtcNow();
        var bytes = 0L;
        lock (_lock)
        {
            _isHolding = false;
            while (_batch.Count < size && bytes < MaxBatchBytes && _waiting.TakeNext() is { } next)
            {
                if (next.Write.KeepUntil <= now)
                {
                    _bounds.Expire(next);
                    continue;
                }

                _batch.Add(next);
                bytes += next.Write.Record.Value?.Length ?? 0;
            }

            _bounds.OnTaken();
            return _batch.ConvertAll(queued => queued.Write);
        }
    }

    /// <summary>Applies the batch's results. Returns how many operations failed transiently and wait again.</summary>
    public int Settle(IReadOnlyList<StoreWriteResult> results)
    {
        var retried = 0;
        lock (_lock)
        {
            for (var i = 0; i < _batch.Count; i++)
            {
                if (results[i].Failure is { IsTransient: true })
                {
                    _batch[i].Attempt(results[i]);
                    Requeue(_batch[i]);
                    retried++;
                }
                else if (results[i].Status == StoreWriteStatus.Dropped)
                {
                    _bounds.Expire(_batch[i]);
                }
                else
                {
                    _batch[i].Settle(results[i]);
                }
            }

            _batch.Clear();
            _bounds.Apply();
            _diagnostics.OnRetried(retried);
        }

        return retried;
    }

    /// <summary>Completes every waiting caller's attempt as held, and drops expired operations.</summary>
    /// <returns>The number of operations that still wait.</returns>
    public int Hold()
    {
        lock (_lock)
        {
            _isHolding = true;
            _waiting.TakeExpired(_time.GetUtcNow()).ForEach(_bounds.Expire);
            _bounds.Apply();
            foreach (var write in _waiting.All())
            {
                write.Attempt(StoreWriteResult.Deferred);
            }

            return _waiting.Count;
        }
    }

    /// <summary>Takes waiting operations to hand over to another silo, as many as fit into one message.</summary>
    /// <returns>The operations; empty when none waits at the moment; null when also none is being sent.</returns>
    public List<QueuedWrite>? TakeToHandOver(int size, int maxBytes)
    {
        List<QueuedWrite> taken = [];
        var bytes = 0L;
        lock (_lock)
        {
            while (taken.Count < size && bytes < maxBytes && _waiting.TakeNext() is { } next)
            {
                taken.Add(next);
                bytes += next.Write.Record.Value?.Length ?? 0;
            }

            return taken.Count == 0 && _batch.Count == 0 ? null : taken;
        }
    }

    /// <summary>Records that another silo has taken over these operations.</summary>
    public void OnHandedOver(List<QueuedWrite> taken)
    {
        lock (_lock)
        {
            taken.ForEach(write => write.Settle(StoreWriteResult.Deferred));
        }
    }

    /// <summary>Puts back operations that no silo has taken over: they wait here again.</summary>
    public void GiveBack(List<QueuedWrite> taken)
    {
        lock (_lock)
        {
            taken.ForEach(Requeue);
            _bounds.Apply();
        }

        Wake();
    }

    /// <summary>Stops accepting operations.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        Wake();
    }

    /// <summary>Drops all remaining operations.</summary>
    public void DropAll()
    {
        lock (_lock)
        {
            List<QueuedWrite> left = [.. _batch, .. _waiting.All()];
            left.ForEach(write => write.Settle(StoreWriteResult.Dropped));
            _batch.Clear();
            _waiting.Clear();
            _diagnostics.OnStopped(left.Count, _drainTimeout);
        }
    }

    public void Dispose() => _wake.Dispose();

    private void Wake()
    {
        if (Interlocked.Exchange(ref _isIdle, false))
        {
            _wake.Release();
        }
    }

    private PendingWrite Accept(StoreWrite write)
    {
        var queued = _waiting.Find(write.Key.Text);
        if (queued is null)
        {
            queued = new(write);
            _waiting.Add(queued);
        }
        else if (write.Record.Stamp > queued.Stamp)
        {
            _waiting.Replace(queued, write);
        }
        else if (!write.Record.IsSameAs(queued.Write.Record))
        {
            return Completed(StoreWriteResult.Superseded(queued.Stamp));
        }

        var pending = queued.Pending;
        _bounds.Apply();
        if (_isHolding)
        {
            queued.Attempt(StoreWriteResult.Deferred);
        }

        return pending;
    }

    private void Requeue(QueuedWrite write)
    {
        var newer = _waiting.Find(write.Write.Key.Text);
        if (newer is not null && newer.Stamp >= write.Stamp)
        {
            newer.TakeOver(write);
            return;
        }

        if (newer is not null)
        {
            _waiting.Remove(newer);
            write.InheritRemoveUntil(newer);
            newer.Settle(StoreWriteResult.Superseded(write.Stamp));
        }

        _waiting.Add(write);
    }

    private static PendingWrite Completed(StoreWriteResult result)
    {
        var task = Task.FromResult(result);
        return new(task, task);
    }
}

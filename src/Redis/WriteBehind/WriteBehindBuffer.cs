using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Storage;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>What the queue holds: the operations that wait, and the batch that is with the store.</summary>
/// <remarks>Thread-safe; it locks itself, and no lock is held while anything is awaited.</remarks>
internal sealed class WriteBehindBuffer : IDisposable
{
    /// <summary>A batch ends here whatever its number of writes, or large values would never pass in time.</summary>
    private const int MaxBatchBytes = 4 * 1024 * 1024;

    private readonly WriteBehindOptions _options;
    private readonly TimeProvider _time;
    private readonly WriteBehindDiagnostics _diagnostics;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _lock = new();
    private readonly WaitingWrites _waiting;
    private readonly List<QueuedWrite> _batch = [];
    private bool _isIdle;
    private bool _isHolding;
    private bool _isClosed;

    public WriteBehindBuffer(
        IOptions<WriteBehindOptions> options, TimeProvider time, WriteBehindDiagnostics diagnostics)
    {
        _options = options.Value;
        _time = time;
        _diagnostics = diagnostics;
        _waiting = new(_options.Capacity);
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

    /// <summary>Whether it takes no more operations.</summary>
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
                return Answered(StoreWriteResult.Dropped);
            }

            pending = Accept(write);
        }

        Wake();
        return pending;
    }

    /// <summary>Waits until an operation waits; returns false when none does and none will come.</summary>
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

    /// <summary>Takes the next batch, leaving out what has no more life in it.</summary>
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
                    Expire(next);
                    continue;
                }

                _batch.Add(next);
                bytes += next.Write.Record.Value?.Length ?? 0;
            }

            _diagnostics.OnTaken(_waiting.Count, _options.Capacity);
            return _batch.ConvertAll(queued => queued.Write);
        }
    }

    /// <summary>Hands out the batch's results. Those whose failure may pass wait again; returns how many.</summary>
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
                    Expire(_batch[i]);
                }
                else
                {
                    _batch[i].Settle(results[i]);
                }
            }

            _batch.Clear();
            _diagnostics.OnRetried(retried);
        }

        return retried;
    }

    /// <summary>Tells every caller that nothing is tried for now, and drops what has no more life in it.</summary>
    /// <returns>How many operations wait.</returns>
    public int Hold()
    {
        lock (_lock)
        {
            _isHolding = true;
            _waiting.TakeExpired(_time.GetUtcNow()).ForEach(Expire);
            foreach (var write in _waiting.All())
            {
                write.Attempt(StoreWriteResult.Held);
            }

            return _waiting.Count;
        }
    }

    /// <summary>Takes no more operations.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        Wake();
    }

    /// <summary>Gives up everything that is left.</summary>
    public void DropAll()
    {
        lock (_lock)
        {
            List<QueuedWrite> left = [.. _batch, .. _waiting.All()];
            left.ForEach(write => write.Settle(StoreWriteResult.Dropped));
            _batch.Clear();
            _waiting.Clear();
            _diagnostics.OnStopped(left.Count, _options.DrainTimeout);
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
            Add(queued);
        }
        else if (write.Record.Stamp > queued.Stamp)
        {
            _waiting.Replace(queued, write);
        }
        else if (write.Record != queued.Write.Record)
        {
            return Answered(StoreWriteResult.Superseded(queued.Stamp));
        }

        if (_isHolding)
        {
            queued.Attempt(StoreWriteResult.Held);
        }

        return queued.Pending;
    }

    private void Add(QueuedWrite write)
    {
        if (_waiting.Add(write) is { } evicted)
        {
            Drop(evicted);
            _diagnostics.OnOverflow(evicted.Write.Key.Cache, _options.Capacity);
        }
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
            write.Cover(newer);
            newer.Settle(StoreWriteResult.Superseded(write.Stamp));
        }

        Add(write);
    }

    private void Expire(QueuedWrite write)
    {
        Drop(write);
        _diagnostics.OnExpired();
    }

    /// <summary>Gives a value up. A remove that it took the place of comes after all, or what was removed would still
    /// stand in the store; it counts as the room that is made, and until it has settled the value has not.</summary>
    private void Drop(QueuedWrite write)
    {
        if (write.Covered is not { } remove || remove.KeepUntil <= _time.GetUtcNow())
        {
            write.Settle(StoreWriteResult.Dropped);
            return;
        }

        var again = new QueuedWrite(remove with { Record = remove.Record with { Stamp = write.Stamp } });
        again.GiveUp(write);
        if (_waiting.Find(remove.Key.Text) is { } newer)
        {
            newer.TakeOver(again);
        }
        else
        {
            _waiting.Put(again);
        }
    }

    private static PendingWrite Answered(StoreWriteResult result)
    {
        var task = Task.FromResult(result);
        return new(task, task);
    }
}

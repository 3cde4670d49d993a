using System.Collections.Concurrent;

namespace CacheOrleans.Client.Tests;

/// <summary>Delays the answers of the owners of some keys, as a slow network does.</summary>
internal sealed class Gate : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _closed = new();
    private readonly ConcurrentDictionary<(string Key, INearCacheObserver? Client), bool> _asked = new();
    private volatile TaskCompletionSource? _all;
    private volatile TaskCompletionSource? _failures;
    private int _waiting;
    private int _requests;
    private int _completions;

    /// <summary>The number of delayed answers.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>The number of reads that reached owners.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The number of fallback values that reached owners.</summary>
    public int Completions => Volatile.Read(ref _completions);

    /// <summary>The number of clients that have asked the owner of a key, including those that wait for a
    /// load.</summary>
    public int Asked(string key) => _asked.Keys.Count(one => one.Key == key);

    public void Forget(string key)
    {
        foreach (var one in _asked.Keys.Where(one => one.Key == key))
        {
            _asked.TryRemove(one, out _);
        }
    }

    public void Close(string key) => _closed[key] = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Delays every request to the silos, before they process it.</summary>
    public void CloseAll() => _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenAll()
    {
        _all?.SetResult();
        _all = null;
    }

    /// <summary>Delays the reports of failed fallbacks, before the owners receive them.</summary>
    public void CloseFailures() => _failures = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenFailures()
    {
        _failures?.SetResult();
        _failures = null;
    }

    public void Open(string key)
    {
        if (_closed.TryRemove(key, out var gate))
        {
            gate.SetResult();
        }
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var isRead = context.MethodName == nameof(ICacheEntryGrain.GetOrLeaseAsync)
            && context.Grain is ICacheEntryGrain;
        var key = context.TargetId.Key.ToString()!;
        if (isRead)
        {
            _asked[(key, ((EntryRequest)context.Request.GetArgument(0)!).Holder)] = true;
            Interlocked.Increment(ref _requests);
        }

        if (_all is { } all && context.Grain is ICacheEntryGrain or ICacheBatchGrain or ITagGrain)
        {
            await all.Task;
        }

        if (_failures is { } failures && context.MethodName == nameof(ICacheEntryGrain.FailAsync))
        {
            await failures.Task;
        }

        await context.Invoke();
        if (context.MethodName == nameof(ICacheEntryGrain.CompleteAsync))
        {
            Interlocked.Increment(ref _completions);
        }

        if (isRead && _closed.TryGetValue(key, out var gate))
        {
            Interlocked.Increment(ref _waiting);
            await gate.Task;
        }
    }
}

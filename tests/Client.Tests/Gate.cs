using System.Collections.Concurrent;

namespace CacheOrleans.Client.Tests;

/// <summary>Holds back what the owners of some keys have answered, as a slow network does.</summary>
internal sealed class Gate : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _closed = new();
    private readonly ConcurrentDictionary<(string Key, INearCacheObserver? Client), bool> _asked = new();
    private volatile TaskCompletionSource? _all;
    private volatile TaskCompletionSource? _failures;
    private int _waiting;
    private int _questions;
    private int _completions;

    /// <summary>How many answers are held back.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How often owners were asked.</summary>
    public int Questions => Volatile.Read(ref _questions);

    /// <summary>How many values of fallbacks were brought.</summary>
    public int Completions => Volatile.Read(ref _completions);

    /// <summary>How many clients that keep copies have asked the owner of a key; who waits for a load is
    /// asking.</summary>
    public int Asked(string key) => _asked.Keys.Count(one => one.Key == key);

    public void Forget(string key)
    {
        foreach (var one in _asked.Keys.Where(one => one.Key == key))
        {
            _asked.TryRemove(one, out _);
        }
    }

    public void Close(string key) => _closed[key] = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Holds back every question to the silos, before they do anything.</summary>
    public void CloseAll() => _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenAll()
    {
        _all?.SetResult();
        _all = null;
    }

    /// <summary>Holds back what fallbacks tell of their failure, before the owners know.</summary>
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
        var isQuestion = context.MethodName == nameof(ICacheEntryGrain.GetOrLeaseAsync)
            && context.Grain is ICacheEntryGrain;
        var key = context.TargetId.Key.ToString()!;
        if (isQuestion)
        {
            _asked[(key, ((EntryRequest)context.Request.GetArgument(0)!).Holder)] = true;
            Interlocked.Increment(ref _questions);
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

        if (isQuestion && _closed.TryGetValue(key, out var gate))
        {
            Interlocked.Increment(ref _waiting);
            await gate.Task;
        }
    }
}

using System.Collections.Concurrent;

namespace CacheOrleans.Client.Tests;

/// <summary>Holds back what the owners of some keys have answered, as a slow network does.</summary>
internal sealed class Gate : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _closed = new();
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private int _waiting;

    /// <summary>How many answers are held back.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How often the owner of a key was asked; who waits for a load is asking.</summary>
    public int Asked(string key) => _asked.GetValueOrDefault(key);

    public void Forget(string key) => _asked.TryRemove(key, out _);

    public void Close(string key) => _closed[key] = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
            _asked.AddOrUpdate(key, 1, (_, count) => count + 1);
        }

        await context.Invoke();
        if (isQuestion && _closed.TryGetValue(key, out var gate))
        {
            Interlocked.Increment(ref _waiting);
            await gate.Task;
        }
    }
}

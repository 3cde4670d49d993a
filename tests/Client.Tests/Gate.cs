using System.Collections.Concurrent;

namespace CacheOrleans.Client.Tests;

/// <summary>Holds back what the owners of some keys have answered, as a slow network does.</summary>
internal sealed class Gate : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _closed = new();
    private int _waiting;

    /// <summary>How many answers are held back.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

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
        await context.Invoke();
        if (context.MethodName == nameof(ICacheEntryGrain.GetOrLeaseAsync)
            && context.Grain is ICacheEntryGrain
            && _closed.TryGetValue(context.TargetId.Key.ToString()!, out var gate))
        {
            Interlocked.Increment(ref _waiting);
            await gate.Task;
        }
    }
}

using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests;

/// <summary>Writes to the store in order, once its gate is open.</summary>
internal sealed class FakeWriteBehind(FakeStore store) : IWriteBehind
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Writes wait for this task before they reach the store.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Whether the breaker is open: writes wait until the gate opens.</summary>
    public bool IsHeld { get; set; }

    public PendingWrite Enqueue(StoreWrite write)
    {
        lock (_lock)
        {
            var settled = RunAsync(_last, write);
            _last = settled;
            return new PendingWrite(IsHeld ? Task.FromResult(StoreWriteResult.Deferred) : settled, settled);
        }
    }

    private async Task<StoreWriteResult> RunAsync(Task before, StoreWrite write)
    {
        await before;
        await Gate;
        return (await store.WriteAsync([write], CancellationToken.None))[0];
    }
}

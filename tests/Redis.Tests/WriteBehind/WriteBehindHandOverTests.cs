using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>A queue hands its waiting writes over to another silo.</summary>
public sealed class WriteBehindHandOverTests
{
    private readonly List<IReadOnlyList<StoreWrite>> _taken = [];

    [Fact]
    public async Task HandOver_HeldWrites_SendsRemovesFirstInBoundedMessages()
    {
        await using var test = await StartHeldAsync();
        test.Enqueue(Writes.Set(Writes.Key("set"), 2, removeFor: TimeSpan.FromHours(3)));
        test.EnqueueMany(1000);
        var large = Enumerable.Range(0, 4)
            .Select(i => test.Enqueue(Writes.Value(Writes.Key($"large{i}"), 1, new byte[700_000]))).ToList();
        var remove = test.Enqueue(Writes.Tombstone(Writes.Key("removed"), 7));

        await test.HandOver.HandOverAsync(TakeAsync, CancellationToken.None);

        var all = _taken.SelectMany(message => message).ToList();
        Assert.Equal(1006, all.Count);
        Assert.Equal("user:v1:removed", all[0].Key.Text);
        Assert.Equal(Writes.Start.AddHours(3), all[1].RemoveUntil);
        Assert.All(_taken, message => Assert.InRange(message.Count, 1, 512));
        Assert.All(_taken, message =>
            Assert.InRange(message.Sum(write => write.Record.Value?.Length ?? 0), 0, 1_750_000));
        Assert.Equal(0, test.Buffered);
        Assert.All(large.Append(remove), one => Assert.True(one.Settled.IsCompleted, "the write still waits"));
        Assert.Equal([2014], test.Logger.Events());
        await test.StopAsync();
        Assert.Empty(test.Store.Batches);
    }

    [Fact]
    public async Task HandOver_MessageIsRefused_StopWritesTheRest()
    {
        await using var test = await StartHeldAsync();
        var all = test.EnqueueMany(2000);
        var messages = 0;

        await test.HandOver.HandOverAsync(
            async (writes, _) => ++messages < 3 && await TakeAsync(writes, default), CancellationToken.None);

        Assert.Equal(3, messages);
        Assert.Equal(2000 - 1024, test.Buffered);
        await test.StopAsync();
        Assert.Equal(2000 - 1024, test.Store.Kept.Count);
        Assert.All(all, pending => Assert.True(pending.Settled.IsCompleted, "a write was forgotten"));
    }

    [Fact]
    public async Task HandOver_ReceiverDoesNotAnswer_EndsAfterTheDrainTimeout()
    {
        await using var test = await StartHeldAsync();
        test.EnqueueMany(10);
        var handOver = test.HandOver.HandOverAsync(
            async (_, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return true;
            },
            CancellationToken.None);
        await test.AdvanceUntilAsync(() => handOver.IsCompleted, "the time is over");

        await handOver;
        Assert.Equal(10, test.Buffered);
        Assert.True(test.Time.GetUtcNow() >= Writes.Start + new WriteBehindOptions().DrainTimeout);
    }

    [Fact]
    public async Task HandOver_StoreFailsAWriteMeanwhile_HandsItOverToo()
    {
        await using var test = new TestQueue();
        test.Store.Fails = _ => StoreFailureKind.Timeout;
        test.Store.Block();
        await test.StartAsync();
        test.EnqueueMany(1);
        await Eventually.TrueAsync(() => test.Store.Batches.Count == 1, "the batch is with the store");
        var handOver = test.HandOver.HandOverAsync(TakeAsync, CancellationToken.None);
        Assert.False(handOver.IsCompleted);
        test.Store.Unblock();
        await test.AdvanceUntilAsync(() => handOver.IsCompleted, "it is handed over or written");

        Assert.Single(_taken.SelectMany(message => message));
        Assert.Equal(0, test.Buffered);
    }

    private Task<bool> TakeAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
    {
        _taken.Add(writes);
        return Task.FromResult(true);
    }

    private static async Task<TestQueue> StartHeldAsync()
    {
        var test = new TestQueue();
        test.Gate.Refuses = true;
        await test.StartAsync();
        return test;
    }
}

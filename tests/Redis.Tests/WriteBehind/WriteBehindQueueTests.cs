using CacheOrleans.Alerts;
using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.WriteBehind;

public sealed class WriteBehindQueueTests
{
    private static readonly StoreKey Key = Writes.Key("1");

    [Fact]
    [Trait("Row", "W1")]
    public async Task Enqueue_WhileTheStoreIsBusy_ReturnsAtOnceAndIsAppliedLater()
    {
        await using var test = new TestQueue();
        await test.StartAsync();
        test.Store.Block();

        var pending = test.Enqueue(Writes.Value(Key, 1, [1]));
        await Eventually.TrueAsync(() => !test.Store.Batches.IsEmpty, "the store is asked");
        Assert.False(pending.Attempted.IsCompleted);

        test.Store.Unblock();
        Assert.Equal(StoreWriteResult.Applied, await pending.Attempted);
        Assert.Equal(StoreWriteResult.Applied, await pending.Settled);
    }

    [Fact]
    public async Task Enqueue_NewerOperation_ReplacesTheWaitingOne()
    {
        await using var test = new TestQueue();
        var older = test.Enqueue(Writes.Value(Key, 1, [1]));
        var newer = test.Enqueue(Writes.Tombstone(Key, 2));
        await test.StartAsync();

        Assert.Equal(StoreWriteResult.Applied, await newer.Settled);
        Assert.Equal(StoreWriteResult.Applied, await older.Settled);
        Assert.Equal(StoreWriteResult.Applied, await older.Attempted);
        Assert.True(Assert.Single(Assert.Single(test.Store.Batches)).Record.IsTombstone);
    }

    [Fact]
    public async Task Enqueue_OlderOperation_IsSuperseded()
    {
        await using var test = new TestQueue();
        test.Enqueue(Writes.Value(Key, 2, [2]));
        var older = test.Enqueue(Writes.Value(Key, 1, [1]));

        Assert.Equal(StoreWriteResult.Superseded(new(2)), await older.Settled);
        Assert.Equal(StoreWriteResult.Superseded(new(2)), await older.Attempted);
    }

    [Fact]
    public async Task Enqueue_SameRecordTwice_SharesItsResult()
    {
        await using var test = new TestQueue();
        var write = Writes.Value(Key, 2, [2]);
        var first = test.Enqueue(write);
        Assert.Same(first.Settled, test.Enqueue(write).Settled);
        Assert.Same(first.Settled, test.Enqueue(write with { Record = write.Record with { Value = [2] } }).Settled);
    }

    [Fact]
    public async Task Enqueue_WhileTheKeyIsBeingWritten_IsSentAfterwards()
    {
        await using var test = new TestQueue();
        await test.StartAsync();
        test.Store.Block();
        var first = test.Enqueue(Writes.Value(Key, 1, [1]));
        await Eventually.TrueAsync(() => test.Store.Batches.Count == 1, "the first is with the store");
        var second = test.Enqueue(Writes.Value(Key, 2, [2]));
        Assert.Single(test.Store.Batches);

        test.Store.Unblock();
        Assert.Equal(StoreWriteResult.Applied, await first.Settled);
        Assert.Equal(StoreWriteResult.Applied, await second.Settled);
        Assert.Equal([2], test.Store.Kept[Key.Text].Value);
    }

    [Fact]
    public async Task Enqueue_MoreThanABatch_SendsRemovesFirstAndKeepsTheOrder()
    {
        await using var test = new TestQueue(new() { BatchSize = 2 });
        for (var i = 0; i < 4; i++)
        {
            test.Enqueue(Writes.Value(Writes.Key($"v{i}"), 1, [1]));
        }

        var remove = test.Enqueue(Writes.Tombstone(Key, 1));
        await test.StartAsync();
        await test.StopAsync();

        Assert.Equal(StoreWriteResult.Applied, await remove.Settled);
        Assert.Equal(
            [["user:v1:1", "user:v1:v0"], ["user:v1:v1", "user:v1:v2"], ["user:v1:v3"]],
            test.Store.Batches.Select(batch => batch.Select(write => write.Key.Text).ToArray()));
    }

    [Fact]
    public async Task Enqueue_LargeValues_SplitsTheBatch()
    {
        await using var test = new TestQueue();
        for (var i = 0; i < 6; i++)
        {
            test.Enqueue(Writes.Value(Writes.Key($"{i}"), 1, new byte[1024 * 1024]));
        }

        await test.StartAsync();
        await test.StopAsync();
        Assert.Equal([4, 2], test.Store.Batches.Select(batch => batch.Count));
    }

    [Fact]
    public async Task Enqueue_BeyondCapacity_DropsTheOldestValueAndNoRemove()
    {
        await using var test = new TestQueue(new() { Capacity = 3 });
        PendingWrite[] removes = [.. Enumerable.Range(0, 5)
            .Select(i => test.Enqueue(Writes.Tombstone(Writes.Key($"r{i}"), 1)))];
        var values = test.EnqueueMany(5);

        Assert.Equal(StoreWriteResult.Dropped, await values[0].Settled);
        Assert.Equal(StoreWriteResult.Dropped, await values[1].Attempted);
        await test.StartAsync();
        Assert.All(await Task.WhenAll(removes.Select(remove => remove.Settled)),
            result => Assert.Equal(StoreWriteResult.Applied, result));
        Assert.Equal(2, test.Meters.Sum("cacheorleans.write_behind.dropped/overflow"));
        Assert.Equal([2010, 2011], test.Logger.Events());
    }

    [Fact]
    public async Task Enqueue_DroppedValueHadReplacedARemove_LeavesTheRemove()
    {
        await using var test = new TestQueue(new() { Capacity = 2 });
        var remove = test.Enqueue(Writes.Tombstone(Key, 1));
        var value = test.Enqueue(Writes.Value(Key, 2, [2]));
        test.EnqueueMany(2, "other");
        Assert.Equal(StoreWriteResult.Dropped, await value.Attempted);
        Assert.False(value.Settled.IsCompleted, "the value has settled before the remove that replaces it");

        await test.StartAsync();
        await test.StopAsync();

        Assert.Equal(StoreWriteResult.Dropped, await value.Settled);
        Assert.Equal(StoreWriteResult.Dropped, await remove.Settled);
        Assert.Equal((true, 2), (test.Store.Kept[Key.Text].IsTombstone, test.Store.Kept[Key.Text].Stamp.Value));
    }

    [Fact]
    public async Task Enqueue_OneKeyRepeatedlyBeyondCapacity_SettlesAll()
    {
        await using var test = new TestQueue(new() { Capacity = 1 });
        List<PendingWrite> values = [];
        test.Enqueue(Writes.Tombstone(Key, 1));
        for (var stamp = 2; stamp < 20_000; stamp++)
        {
            values.Add(test.Enqueue(Writes.Value(Key, stamp, [2])));
            test.Enqueue(Writes.Value(Writes.Key($"{stamp}"), 1, [2]));
        }

        Assert.InRange(values.Distinct().Count(), 100, 20_000); // how often it was abandoned; the capacity grows
        await test.StartAsync();
        await test.StopAsync();

        Assert.All(values, value => Assert.True(value.Settled.IsCompleted));
    }

    [Fact]
    public async Task Enqueue_ValuesThatReplacedRemovesBeyondCapacity_DropsThemOneByOne()
    {
        const int Capacity = 20_000;
        await using var test = new TestQueue(new() { Capacity = Capacity });
        for (var i = 0; i < Capacity; i++)
        {
            test.Enqueue(Writes.Tombstone(Writes.Key($"{i}"), 1));
            test.Enqueue(Writes.Value(Writes.Key($"{i}"), 2, [2]));
        }

        test.EnqueueMany(3, "other");

        Assert.Equal(3, test.Meters.Sum("cacheorleans.write_behind.dropped/overflow"));
        await test.StartAsync();
        await test.StopAsync();
        Assert.Equal(3, test.Store.Kept.Count(kept => kept.Value.IsTombstone));
        Assert.Equal(Capacity + 3, test.Store.Kept.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enqueue_ExpiredValueHadReplacedARemove_LeavesTheRemove(bool isWithTheStore)
    {
        await using var test = new TestQueue();
        test.Gate.Refuses = !isWithTheStore;
        test.Store.Fails = _ => StoreFailureKind.Timeout;
        test.Store.Block();
        await test.StartAsync();
        test.Enqueue(Writes.Tombstone(Key, 1));
        await Eventually.TrueAsync(
            () => !isWithTheStore || test.Store.Batches.Count == 1, "the remove is with the store, or held");
        var value = test.Enqueue(Writes.Value(Key, 2, [2], keepFor: TimeSpan.FromSeconds(5)));
        test.Gate.Refuses = true;
        test.Store.Unblock();
        await test.AdvanceUntilAsync(
            () => test.Meters.Sum("cacheorleans.write_behind.dropped/expired") == 1, "the value is abandoned");
        Assert.False(value.Settled.IsCompleted, "the value has settled before the remove that replaces it");

        test.Store.Fails = _ => null;
        test.Gate.Refuses = false;
        await test.AdvanceUntilAsync(() => !test.Store.Kept.IsEmpty, "the remove is written");

        Assert.Equal(StoreWriteResult.Dropped, await value.Settled);
        Assert.Equal((true, 2), (test.Store.Kept[Key.Text].IsTombstone, test.Store.Kept[Key.Text].Stamp.Value));
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task Enqueue_BeyondCapacity_AlertsForTheCacheOfTheDroppedWrite()
    {
        await using var test = new TestQueue(new() { Capacity = 2 });
        test.Enqueue(Writes.Value(Writes.Key("a", "order"), 1, [1]));
        test.EnqueueMany(2);

        var (cache, stage, error) = Assert.Single(test.Alerts.Reports);
        Assert.Equal(("order", AlertStage.Store), (cache, stage));
        Assert.StartsWith("2 values wait for Redis", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "W2")]
    public async Task Enqueue_WhileTheGateIsClosed_IsHeldAndSentOnceItOpens()
    {
        await using var test = new TestQueue();
        test.Gate.Refuses = true;
        await test.StartAsync();
        var pending = test.Enqueue(Writes.Value(Key, 1, [1]));

        Assert.Equal(StoreWriteResult.Deferred, await pending.Attempted);
        var newer = test.Enqueue(Writes.Value(Key, 2, [2]));
        Assert.Equal(StoreWriteResult.Deferred, await newer.Attempted);
        Assert.Empty(test.Store.Batches);

        test.Gate.Refuses = false;
        await test.AdvanceUntilAsync(() => pending.Settled.IsCompleted, "the gate is asked again");
        Assert.Equal(StoreWriteResult.Applied, await newer.Settled);
        Assert.Equal([2], test.Store.Kept[Key.Text].Value);
    }

    [Fact]
    [Trait("Row", "W2")]
    public async Task Enqueue_HeldPastKeepUntil_IsDropped()
    {
        await using var test = new TestQueue();
        test.Gate.Refuses = true;
        await test.StartAsync();
        var pending = test.Enqueue(Writes.Value(Key, 1, [1], keepFor: TimeSpan.FromSeconds(5)));

        await test.AdvanceUntilAsync(() => pending.Settled.IsCompleted, "the write is abandoned");
        Assert.Equal(StoreWriteResult.Dropped, await pending.Settled);
        Assert.True(test.Time.GetUtcNow() >= Writes.Start + TimeSpan.FromSeconds(5));
        Assert.Equal(1, test.Meters.Sum("cacheorleans.write_behind.dropped/expired"));
    }

    [Theory]
    [InlineData(StoreFailureKind.Connection)]
    [InlineData(StoreFailureKind.Refusing)]
    public async Task Enqueue_WhileTheStoreFails_FailsTheAttemptAndSettlesLater(StoreFailureKind failure)
    {
        await using var test = new TestQueue();
        test.Store.Fails = _ => failure;
        await test.StartAsync();
        var pending = test.Enqueue(Writes.Value(Key, 1, [1]));

        Assert.Equal(failure, (await pending.Attempted).Failure!.Kind);
        await test.AdvanceUntilAsync(() => test.Store.Batches.Count >= 4, "it is tried again");
        Assert.False(pending.Settled.IsCompleted);

        test.Store.Fails = _ => null;
        await test.AdvanceUntilAsync(() => pending.Settled.IsCompleted, "the store has recovered");
        Assert.Equal(StoreWriteResult.Applied, await pending.Settled);
        Assert.True(test.Meters.Sum("cacheorleans.write_behind.retried") >= 3);
    }

    [Fact]
    public async Task Enqueue_WriteItselfIsRefused_SettlesAsFailed()
    {
        await using var test = new TestQueue();
        test.Store.Fails = write => write.Key == Key ? StoreFailureKind.Other : null;
        var refused = test.Enqueue(Writes.Value(Key, 1, [1]));
        var taken = test.Enqueue(Writes.Value(Writes.Key("2"), 1, [1]));
        await test.StartAsync();

        Assert.Equal(StoreFailureKind.Other, (await refused.Settled).Failure!.Kind);
        Assert.Equal(StoreWriteResult.Applied, await taken.Settled);
        Assert.Single(test.Store.Batches);
    }

    [Theory]
    [InlineData(1, 2, StoreWriteStatus.Applied)]
    [InlineData(3, 1, StoreWriteStatus.Superseded)]
    public async Task Enqueue_AnotherWriteOfTheKeyFails_LeavesTheHigherStamp(
        byte inFlight, byte waiting, StoreWriteStatus status)
    {
        await using var test = new TestQueue();
        test.Store.Fails = _ => StoreFailureKind.Timeout;
        await test.StartAsync();
        test.Store.Block();
        var first = test.Enqueue(Writes.Value(Key, inFlight, [inFlight]));
        await Eventually.TrueAsync(() => test.Store.Batches.Count == 1, "the first is with the store");
        var other = test.Enqueue(Writes.Value(Key, waiting, [waiting]));
        test.Store.Unblock();
        Assert.Equal(StoreWriteStatus.Failed, (await first.Attempted).Status);

        test.Store.Fails = _ => null;
        await test.AdvanceUntilAsync(() => first.Settled.IsCompleted && other.Settled.IsCompleted, "both are settled");

        Assert.Equal(StoreWriteResult.Applied, await first.Settled);
        Assert.Equal(status, (await other.Settled).Status);
        Assert.Equal([Math.Max(inFlight, waiting)], test.Store.Kept[Key.Text].Value!);
    }

    [Fact]
    public async Task Enqueue_StoreThrows_FailsTheBatchAndContinues()
    {
        await using var test = new TestQueue { Store = { Throws = new InvalidOperationException("broken") } };
        await test.StartAsync();
        var failed = test.Enqueue(Writes.Value(Key, 1, [1]));
        Assert.Equal(StoreFailureKind.Other, (await failed.Settled).Failure!.Kind);

        test.Store.Throws = null;
        Assert.Equal(StoreWriteResult.Applied, await test.Enqueue(Writes.Value(Key, 2, [2])).Settled);
    }

    [Fact]
    public async Task Stop_WithWaitingWrites_DrainsThemAndAcceptsNoMore()
    {
        await using var test = new TestQueue(new() { BatchSize = 10 });
        var all = test.EnqueueMany(95);
        await test.StartAsync();
        await test.StopAsync();

        Assert.All(all, pending => Assert.Equal(StoreWriteResult.Applied, pending.Settled.Result));
        Assert.Equal(95, test.Store.Kept.Count);
        Assert.Equal(StoreWriteResult.Dropped, await test.Enqueue(Writes.Tombstone(Key, 9)).Settled);
    }

    [Fact]
    public async Task Stop_StoreDoesNotRespond_GivesUpAfterTheDrainTimeout()
    {
        await using var test = new TestQueue();
        test.Store.Block();
        await test.StartAsync();
        var all = test.EnqueueMany(600);
        await Eventually.TrueAsync(() => test.Store.Batches.Count == 1, "the loop is at work");

        await test.StopAsync();

        Assert.True(test.Time.GetUtcNow() >= Writes.Start + new WriteBehindOptions().DrainTimeout);
        Assert.All(all, pending => Assert.Equal(StoreWriteResult.Dropped, pending.Settled.Result));
        Assert.Equal(600, test.Meters.Sum("cacheorleans.write_behind.dropped/stopped"));
        Assert.Equal([2012], test.Logger.Events());
    }

    [Fact]
    public async Task Stop_WhileTheGateIsClosed_StillWritesAndReportsNothingToTheGate()
    {
        await using var test = new TestQueue(new() { BatchSize = 100 });
        test.Gate.Refuses = true;
        await test.StartAsync();
        var all = test.EnqueueMany(600);
        var remove = test.Enqueue(Writes.Tombstone(Writes.Key("removed"), 1));
        await remove.Attempted;

        await test.StopAsync();

        Assert.All(all.Append(remove), pending => Assert.Equal(StoreWriteResult.Applied, pending.Settled.Result));
        Assert.Equal("user:v1:removed", test.Store.Batches.First()[0].Key.Text);
        Assert.Empty(test.Gate.Reports);
        Assert.Empty(test.Logger.Events());
    }

    [Fact]
    public async Task Stop_WithoutAStart_DropsTheWaitingWrites()
    {
        await using var test = new TestQueue();
        var pending = test.Enqueue(Writes.Value(Key, 1, [1]));
        await test.StopAsync();
        Assert.Equal(StoreWriteResult.Dropped, await pending.Settled);
    }
}

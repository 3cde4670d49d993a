using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>Writes that the queue abandons leave removes in their place, so that no older value returns.</summary>
public sealed class WriteBehindBoundsTests
{
    private const int Count = 50;

    /// <summary>A current stamp, because a version is kept only for ten years from its stamp.</summary>
    private static readonly long Now = Stamp.Next(Writes.Start, Stamp.None).Value;

    private static readonly StoreKey[] Keys = [.. Enumerable.Range(0, Count).Select(i => Writes.Key($"{i}"))];

    [Fact]
    public async Task DroppedSets_WhileTheGateIsClosed_LeaveRemoves()
    {
        await using var test = await StartHeldAsync(new() { Capacity = 100 });
        var dropped = Keys.Select(key => test.Enqueue(Writes.Set(key, 2))).ToList();
        test.EnqueueMany(100, "other");

        // The loop may have held it before the queue was full.
        StoreWriteResult[] attempts = [StoreWriteResult.Dropped, StoreWriteResult.Deferred];
        Assert.All(dropped, set => Assert.Contains(set.Attempted.Result, attempts));
        Assert.All(dropped, set => Assert.False(set.Settled.IsCompleted, "its owner may leave before the remove"));
        await RecoverAsync(test);

        Assert.All(Keys, key => Assert.True(test.Store.Kept[key.Text].IsTombstone, $"{key} has its old value"));
        Assert.All(dropped, set => Assert.Equal(StoreWriteResult.Dropped, set.Settled.Result));
        Assert.Equal(100 + Count, test.Store.Kept.Count);
    }

    [Fact]
    public async Task ExpiredSets_WhileHeld_LeaveRemovesForTheLifeOfWhatTheyReplaced()
    {
        await using var test = await StartHeldAsync();
        foreach (var key in Keys)
        {
            test.Enqueue(Writes.Set(key, 2, keepFor: TimeSpan.FromSeconds(5)));
        }

        await test.AdvanceUntilAsync(
            () => test.Meters.Sum("cacheorleans.write_behind.dropped/expired") == Count, "the sets are abandoned");
        await RecoverAsync(test);

        Assert.All(Keys, key => Assert.True(test.Store.Kept[key.Text].IsTombstone, $"{key} has its old value"));
        Assert.All(Keys, key => Assert.Equal(Writes.Start.AddHours(1), test.Store.Kept[key.Text].ExpiresAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LoadedValue_AbandonedAfterReplacingASet_LeavesARemove(bool isASetReplaced)
    {
        await using var test = await StartHeldAsync(new() { Capacity = 1 });
        if (isASetReplaced)
        {
            test.Enqueue(Writes.Set(Keys[0], 2));
        }

        test.Enqueue(Writes.Value(Keys[0], 3, [3]));
        test.EnqueueMany(1, "other");
        await RecoverAsync(test);

        Assert.Equal(isASetReplaced, test.Store.Kept[Keys[0].Text].IsTombstone);
    }

    /// <remarks>Writes that are abandoned repeatedly must not accumulate while Redis is down.</remarks>
    [Fact]
    public async Task OneKey_AbandonedRepeatedlyWhileHeld_KeepsOneUnsettledWrite()
    {
        await using var test = await StartHeldAsync(new() { Capacity = 1 });
        List<PendingWrite> sets = [];
        for (var stamp = 2; stamp < 1000; stamp += 2)
        {
            sets.Add(test.Enqueue(Writes.Set(Keys[0], stamp)));
            test.Enqueue(Writes.Set(Keys[1], stamp));
        }

        Assert.Equal(1, sets.Count(set => !set.Settled.IsCompleted));
        Assert.False(sets[^1].Settled.IsCompleted);
        await RecoverAsync(test);
        Assert.Equal(998, test.Store.Kept[Keys[0].Text].Stamp.Value);
    }

    [Fact]
    public async Task Removes_BeyondTheirCapacity_EndTheCacheWithTheMostFirst()
    {
        await using var test = await StartHeldAsync(new() { RemoveCapacity = 60, BatchSize = 1 });
        var few = Enumerable.Range(0, 10).Select(i => Remove(Writes.Key($"{i}", "order"), Now + 1)).ToList();
        var many = Keys.Select((key, i) => Remove(key, Now + 10 + i)).ToList();
        Assert.Empty(test.Versions.Ended);
        var last = Remove(Writes.Key("last"), Now + 5);

        Assert.Equal([("user", Now + 59)], test.Versions.Ended);
        Assert.All(many.Append(last), remove => Assert.Equal(StoreWriteResult.Deferred, remove.Attempted.Result));
        Assert.All(many.Append(last), remove => Assert.True(remove.Settled.IsCompleted, "it still takes memory"));
        Assert.All(few, remove => Assert.False(remove.Settled.IsCompleted, "the other cache was ended"));
        Assert.Equal(51, test.Meters.Sum("cacheorleans.write_behind.dropped/ended"));
        Assert.Equal([2013], test.Logger.Events());
        await RecoverAsync(test);

        var first = Assert.Single(test.Store.Batches.First());
        Assert.Equal("@cache:user", first.Key.Text);
        Assert.Equal((Now + 59, true), (first.Record.Stamp.Value, first.Record.IsTombstone));
        Assert.Equal(Count + 11, test.Store.Kept.Count);

        PendingWrite Remove(StoreKey key, long stamp) => test.Enqueue(Writes.Tombstone(key, stamp));
    }

    [Fact]
    public async Task DroppedSets_BeyondTheRemoveCapacity_EndTheirCacheWithTheLatestVersion()
    {
        await using var test = await StartHeldAsync(new() { Capacity = 10, RemoveCapacity = 10 });
        for (var i = 0; i < 1000; i++)
        {
            test.Enqueue(Writes.Set(Writes.Key($"{i}"), Now + i));
            Assert.InRange(test.Buffered, 1, 21);
        }

        await RecoverAsync(test);

        var version = test.Store.Kept["@cache:user"].Stamp.Value;
        Assert.Equal(test.Versions.Ended.Last(), ("user", version));
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(
                Now + i <= version || test.Store.Kept.ContainsKey(Writes.Key($"{i}").Text), $"set {i} left nothing");
        }
    }

    private static async Task<TestQueue> StartHeldAsync(WriteBehindOptions? options = null)
    {
        var test = new TestQueue(options);
        test.Gate.Refuses = true;
        await test.StartAsync();
        foreach (var key in Keys)
        {
            test.Store.Kept[key.Text] = Writes.Value(key, 1, [1]).Record;
        }

        return test;
    }

    private static async Task RecoverAsync(TestQueue test)
    {
        test.Gate.Refuses = false;
        await test.AdvanceUntilAsync(() => test.Buffered == 0, "all is written");
        await test.StopAsync();
    }
}

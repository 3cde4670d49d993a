using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>How fast the queue drains after it has held writes, on a fake clock.</summary>
[Trait("Row", "W2")]
public sealed class WriteBehindPaceTests
{
    [Theory]
    [InlineData(true, 1000, 2000)]
    [InlineData(false, 1000, 2000)]
    [InlineData(true, 2, 5)]
    public async Task Drain_HeldWrites_KeepsToTheRate(bool isGate, int rate, int count)
    {
        await using var test = new TestQueue(new() { RecoveryRate = rate });
        await HoldAsync(test, isGate, count);
        var end = test.Time.GetUtcNow();
        var batch = Math.Max(1, rate / 10);

        Release(test);
        await test.AdvanceUntilAsync(
            () =>
            {
                var passed = (test.Time.GetUtcNow() - end).TotalSeconds;
                Assert.InRange(test.Store.Kept.Count, 0, (passed * rate) + batch);
                return test.Store.Kept.Count == count;
            },
            "all is written");

        Assert.InRange(
            test.Time.GetUtcNow() - end,
            TimeSpan.FromSeconds((double)(count - batch) / rate),
            TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Drain_WritesThatWereNotHeld_IsNotPaced()
    {
        await using var test = new TestQueue(new() { RecoveryRate = 1 });
        var all = test.EnqueueMany(2000);
        await test.StartAsync();

        await WrittenAsync(all);
        Assert.Equal([512, 512, 512, 464], test.Store.Batches.Select(batch => batch.Count));
    }

    [Fact]
    public async Task Drain_AfterTheHeldWritesAreSent_IsNoLongerPaced()
    {
        await using var test = new TestQueue(new() { RecoveryRate = 10 });
        await HoldAsync(test, isGate: true, 10);
        Release(test);
        await test.AdvanceUntilAsync(() => test.Store.Kept.Count == 10, "the held writes are written");

        await WrittenAsync(test.EnqueueMany(1000, "later"));
    }

    [Fact]
    public async Task Drain_WithMoreWritesThanWereHeld_CatchesUp()
    {
        await using var test = new TestQueue(new() { RecoveryRate = 10 });
        await HoldAsync(test, isGate: true, 20);
        var end = test.Time.GetUtcNow();
        Release(test);
        test.EnqueueMany(1000, "more");

        await test.AdvanceUntilAsync(() => test.Store.Kept.Count == 1020, "all is written");

        Assert.InRange(test.Time.GetUtcNow() - end, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50));
    }

    private static async Task HoldAsync(TestQueue test, bool isGate, int count)
    {
        test.Gate.Refuses = isGate;
        test.Store.Fails = _ => isGate ? null : StoreFailureKind.Connection;
        var all = test.EnqueueMany(count);
        await test.StartAsync();
        await Eventually.TrueAsync(() => all.All(pending => pending.Attempted.IsCompleted), "all is held");
    }

    private static void Release(TestQueue test)
    {
        test.Store.Fails = _ => null;
        test.Gate.Refuses = false;
    }

    private static async Task WrittenAsync(PendingWrite[] all) => Assert.All(
        await Task.WhenAll(all.Select(pending => pending.Settled)),
        result => Assert.Equal(StoreWriteResult.Applied, result));
}

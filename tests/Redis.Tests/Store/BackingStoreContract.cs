using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.Store;

/// <summary>What every backing store does, with any server behind it.</summary>
public abstract class BackingStoreContract
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>The store under test, connected to a running server.</summary>
    protected abstract IBackingStore Store { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static DateTimeOffset Now =>
        DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    protected static StoreKey NewKey(string cache = "user") => Writes.Key($"{Guid.NewGuid():N}", cache);

    [Fact]
    public async Task Read_NothingWritten_IsMissing() =>
        Assert.Equal(StoreReadStatus.Missing, (await Store.ReadAsync(NewKey(), Cancel)).Status);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024 * 1024)]
    [Trait("Row", "W3")]
    public async Task Read_AfterWrite_ReturnsTheRecord(int length)
    {
        var value = new byte[length];
        new Random(length).NextBytes(value);
        var write = Writes.Value(NewKey(), 7, value, Now);

        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(write));

        var read = await Store.ReadAsync(write.Key, Cancel);
        Assert.Equal(StoreReadStatus.Found, read.Status);
        Assert.Equal(value, read.Record!.Value);
        Assert.Equal(write.Record with { Value = null }, read.Record with { Value = null });
    }

    [Fact]
    public async Task Read_WithTagsAndSliding_ReturnsThem()
    {
        var now = Now;
        var plain = Writes.Value(NewKey(), 7, [1], now);
        var sliding = new SlidingLife(TimeSpan.FromSeconds(90), now + TimeSpan.FromHours(1));
        var write = plain with { Record = plain.Record with { Tags = ["한국", "a*"], Sliding = sliding } };

        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(write));
        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(write));

        var read = (await Store.ReadAsync(write.Key, Cancel)).Record!;
        Assert.Equal(["한국", "a*"], read.Tags!);
        Assert.Equal((sliding, write.Record.ExpiresAt), (read.Sliding, read.ExpiresAt));
        Assert.Equal([1], read.Value!);
    }

    [Fact]
    public async Task Read_AfterRemove_ReturnsTheTombstone()
    {
        var key = NewKey();
        await WriteAsync(Writes.Value(key, 1, [1], Now));
        await WriteAsync(Writes.Tombstone(key, 2, Now));

        var read = await Store.ReadAsync(key, Cancel);

        Assert.True(read.Record!.IsTombstone);
        Assert.Equal(new Stamp(2), read.Record.Stamp);
    }

    // Stamps around 31, 32 and 40 bits, where scripts tend to handle numbers incorrectly.
    [Theory]
    [InlineData(1, 2)]
    [InlineData(255, 256)]
    [InlineData(0x7FFFFFFF, 0x80000000)]
    [InlineData(0xFFFFFFFF, 0x100000000)]
    [InlineData(1_767_323_045_000, 1_767_323_045_001)]
    [InlineData(0xFF_FFFF_FFFE, 0xFF_FFFF_FFFF)]
    public async Task Write_BelowTheStoredStamp_IsSuperseded(long lower, long higher)
    {
        var key = NewKey();
        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(Writes.Value(key, lower, [1], Now)));
        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(Writes.Value(key, higher, [2], Now)));

        var late = await WriteAsync(Writes.Tombstone(key, lower, Now));

        Assert.Equal(StoreWriteResult.Superseded(new(higher)), late);
        Assert.Equal([2], (await Store.ReadAsync(key, Cancel)).Record!.Value);
    }

    [Fact]
    public async Task Write_SameRecordAgain_IsApplied()
    {
        var write = Writes.Value(NewKey(), 5, [1, 0, 255], Now);
        await WriteAsync(write);

        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(write));
    }

    [Fact]
    public async Task Write_AnotherRecordWithTheSameStamp_IsSuperseded()
    {
        var key = NewKey();
        await WriteAsync(Writes.Value(key, 5, [1], Now));

        Assert.Equal(StoreWriteResult.Superseded(new(5)), await WriteAsync(Writes.Value(key, 5, [2], Now)));
    }

    [Fact]
    [Trait("Row", "W3")]
    public async Task Write_AfterKeepUntil_IsDropped()
    {
        var write = Writes.Value(NewKey(), 5, [1], Now - Life - Life);

        Assert.Equal(StoreWriteResult.Dropped, await WriteAsync(write));
        Assert.Equal(StoreReadStatus.Missing, (await Store.ReadAsync(write.Key, Cancel)).Status);
    }

    [Fact]
    [Trait("Row", "W3")]
    public async Task Read_AfterKeepUntil_IsMissing()
    {
        var write = Writes.Value(NewKey(), 5, [1], Now, TimeSpan.FromMilliseconds(300));
        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(write));

        await Eventually.TrueAsync(
            async () => (await Store.ReadAsync(write.Key, Cancel)).Status == StoreReadStatus.Missing,
            "the entry is gone");
        Assert.True(Now >= write.KeepUntil - TimeSpan.FromMilliseconds(5), "The entry was removed too early.");
    }

    [Fact]
    public async Task Write_Batch_ReturnsResultsInItsOrder()
    {
        var now = Now;
        StoreWrite[] writes = [.. Enumerable.Range(0, 2000)
            .Select(i => Writes.Value(NewKey(), 100 + i, BitConverter.GetBytes(i), now))];
        await Store.WriteAsync([.. writes.Where((_, i) => i % 3 == 0)
            .Select(write => Writes.Tombstone(write.Key, 10_000 + write.Record.Stamp.Value, now))], Cancel);

        var results = await Store.WriteAsync(writes, Cancel);

        Assert.Equal(
            writes.Select((write, i) => i % 3 == 0
                ? StoreWriteResult.Superseded(new(10_000 + write.Record.Stamp.Value))
                : StoreWriteResult.Applied),
            results);
    }

    [Fact]
    public async Task Write_ManyConcurrently_LeavesTheHighestStamp()
    {
        var key = NewKey();
        var now = Now;
        var results = await Task.WhenAll(Enumerable.Range(1, 500)
            .Select(i => (i * 263 % 503) + 1)
            .Select(stamp => WriteAsync(Writes.Value(key, stamp, BitConverter.GetBytes(stamp), now)).AsTask()));

        Assert.DoesNotContain(results, result => result.Status == StoreWriteStatus.Failed);
        Assert.Equal(new Stamp(503), (await Store.ReadAsync(key, Cancel)).Record!.Stamp);
    }

    [Fact]
    public async Task Calls_Cancelled_Throw()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.ReadAsync(NewKey(), cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ProbeAsync(cancelled.Token).AsTask());
    }

    [Fact]
    public async Task Probe_HealthyStore_FindsNothing()
    {
        Assert.Null(await Store.ProbeAsync(Cancel));
        Assert.Null(await Store.ProbeAsync(Cancel));
    }

    protected async ValueTask<StoreWriteResult> WriteAsync(StoreWrite write) =>
        Assert.Single(await Store.WriteAsync([write], Cancel));
}

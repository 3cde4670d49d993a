using System.Text;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryWriteTests : IAsyncLifetime
{
    private const string Key = "user/v1?user_id=42";
    private const string StoreKey = "user:v1:user:42";
    private EntryCluster _cluster = null!;

    private ICacheEntryGrain Entry => _cluster.Entry(Key);

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Set_WriteThrough_IsAppliedAndRead()
    {
        Assert.Equal(WriteOutcome.Applied, await Entry.SetAsync(EntryCluster.Write("set", writeThrough: true)));

        Assert.Equal("set", Encoding.UTF8.GetString(_cluster.Store[StoreKey]!.Value!));
        Assert.Equal(("set", EntrySource.Memory), await ReadAsync());
    }

    [Fact]
    [Trait("Row", "W1")]
    public async Task Set_WriteBehind_ReturnsBeforeTheStoreHasIt()
    {
        var gate = new TaskCompletionSource();
        _cluster.Writes.Gate = gate.Task;

        Assert.Equal(WriteOutcome.Queued, await Entry.SetAsync(EntryCluster.Write("set")));

        Assert.Null(_cluster.Store[StoreKey]);
        gate.SetResult();
        await Eventually.TrueAsync(() => _cluster.Store[StoreKey] is not null, "the store has the value");
    }

    [Fact]
    public async Task Set_DuringLoad_WinsOverTheLoad()
    {
        var (waiter, load) = await BeginLoadAsync();

        await Entry.SetAsync(EntryCluster.Write("set"));
        Assert.Equal(("set", EntrySource.Memory), await ReadAsync());
        load.SetResult(FakeLoader.Found("loaded"));

        Assert.Equal("loaded", EntryCluster.Text(await waiter));
        Assert.Equal(("set", EntrySource.Memory), await ReadAsync());
        await Eventually.TrueAsync(() => _cluster.Store[StoreKey] is not null, "the store has the value");
        Assert.Equal("set", Encoding.UTF8.GetString(_cluster.Store[StoreKey]!.Value!));
    }

    [Fact]
    public async Task Remove_DuringLoad_DropsTheLoadAndLaterReadersLoadAgain()
    {
        var (waiter, load) = await BeginLoadAsync();

        Assert.Equal(WriteOutcome.Applied, await Entry.RemoveAsync());
        _cluster.Loader.Answer = (_, _, _) => Task.FromResult(FakeLoader.Found("after the remove"));
        Assert.Equal(("after the remove", EntrySource.Fallback), await ReadAsync());
        load.SetResult(FakeLoader.Found("before the remove"));

        Assert.Equal("before the remove", EntryCluster.Text(await waiter));
        Assert.Equal(("after the remove", EntrySource.Memory), await ReadAsync());
    }

    [Fact]
    public async Task Set_RepeatedAfterALaterChange_IsNotCarriedOutAgain()
    {
        var set = EntryCluster.Write("once") with { Id = Guid.NewGuid() };
        Assert.Equal(WriteOutcome.Queued, await Entry.SetAsync(set));
        Assert.Equal(WriteOutcome.Applied, await Entry.RemoveAsync());

        Assert.Equal(WriteOutcome.Queued, await Entry.SetAsync(set));

        Assert.Equal(EntrySource.Fallback, (await ReadAsync()).Source);
        await Entry.SetAsync(set with { Id = Guid.NewGuid() });
        Assert.Equal(("once", EntrySource.Memory), await ReadAsync());
    }

    [Fact]
    public async Task Remove_StoreStillHasTheOldValue_IsNotReadBack()
    {
        await Entry.SetAsync(EntryCluster.Write("old", writeThrough: true));
        var gate = new TaskCompletionSource();
        _cluster.Writes.Gate = gate.Task;
        _cluster.Writes.IsHeld = true;

        Assert.Equal(WriteOutcome.Queued, await Entry.RemoveAsync());

        Assert.Equal("old", Encoding.UTF8.GetString(_cluster.Store[StoreKey]!.Value!));
        Assert.Equal(EntrySource.Fallback, (await ReadAsync()).Source);
        gate.SetResult();
        await Eventually.TrueAsync(
            () => Encoding.UTF8.GetString(_cluster.Store[StoreKey]!.Value ?? []) == $"{Key}#1",
            "the reloaded value has replaced the tombstone");
    }

    [Theory]
    [InlineData(StoreFailureKind.Other, WriteOutcome.NotStored)]
    [InlineData(StoreFailureKind.Refusing, WriteOutcome.Queued)]
    [InlineData(StoreFailureKind.Timeout, WriteOutcome.Queued)]
    public async Task Remove_StoreRefuses_SaysWhetherItIsRetried(StoreFailureKind kind, WriteOutcome outcome)
    {
        _cluster.Store.WriteFailure = new StoreFailure(kind, new IOException("refused"));

        Assert.Equal(outcome, await Entry.RemoveAsync());
        Assert.Equal(outcome, await Entry.SetAsync(EntryCluster.Write("value", writeThrough: true)));
    }

    [Fact]
    public async Task Remove_LeavesATombstone_ForTheLongestLifeOfTheEntry()
    {
        var life = TimeSpan.FromHours(1);
        await Entry.SetAsync(new CacheWrite("long"u8.ToArray(), life, WriteThrough: true));

        await Entry.RemoveAsync();

        var record = _cluster.Store[StoreKey]!;
        Assert.True(record.IsTombstone);
        Assert.Equal(life, record.ExpiresAt - record.CreatedAt);
        await Entry.ExpireAsync();
        Assert.Equal(EntryCluster.TimeToLive, _cluster.Store[StoreKey]!.ExpiresAt - _cluster.Time.GetUtcNow());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Set_StoreHoldsALaterStampOfAFormerOwner_ExceedsIt(int ahead)
    {
        var later = Stamp.Next(_cluster.Time.GetUtcNow().AddSeconds(ahead), Stamp.None);
        _cluster.Store.Put(StoreKey, new StoreRecord(
            "other"u8.ToArray(), later, _cluster.Time.GetUtcNow(), _cluster.Time.GetUtcNow().AddHours(1)));

        Assert.Equal(WriteOutcome.Applied, await Entry.SetAsync(EntryCluster.Write("mine", writeThrough: true)));

        Assert.Equal("mine", Encoding.UTF8.GetString(_cluster.Store[StoreKey]!.Value!));
        Assert.True(_cluster.Store[StoreKey]!.Stamp > later);
        Assert.Equal(("mine", EntrySource.Memory), await ReadAsync());
    }

    [Fact]
    public async Task Load_StoreGotALaterRecordMeanwhile_DropsTheValueInMemory()
    {
        var (waiter, load) = await BeginLoadAsync();
        var now = _cluster.Time.GetUtcNow();
        _cluster.Store.Put(StoreKey, new StoreRecord(
            "other owner"u8.ToArray(), Stamp.Next(now.AddMilliseconds(1), Stamp.None), now, now.AddMinutes(1)));

        _cluster.Time.Advance(TimeSpan.FromSeconds(10));
        load.SetResult(FakeLoader.Found("late result"));
        await waiter;

        await Eventually.TrueAsync(
            async () => !(await Entry.DescribeAsync()).HasPendingWrite, "the late write has been refused");
        Assert.Equal(("other owner", EntrySource.Redis), await ReadAsync());
    }

    [Fact]
    public async Task Set_ValueOverLimit_NamesTheLimit()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => Entry.SetAsync(new CacheWrite(new byte[4097])));

        Assert.Equal(
            "A value of cache 'user' has 4097 bytes; the limit is 4096 (Limits:MaxValueBytes).", error.Message);
    }

    [Fact]
    public async Task Set_TimeToLiveOutOfRange_NamesTheRange()
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Entry.SetAsync(new CacheWrite([1], TimeSpan.Zero)));

        Assert.Contains(
            "Cache 'user': TimeToLive must be from 00:00:00.001 to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_ShowsTheHeldValue_AndLoadsNothing()
    {
        Assert.Equal(EntryState.Empty, (await Entry.DescribeAsync()).State);
        await Entry.SetAsync(EntryCluster.Write("12345", writeThrough: true));
        _cluster.Time.Advance(TimeSpan.FromMinutes(1));

        var description = await Entry.DescribeAsync();

        Assert.Equal((EntryState.Value, 5, false), (description.State, description.Bytes, description.IsLoading));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4)), (description.Age, description.TimeLeft));
        Assert.Equal(Key, description.Key);
        Assert.Equal(0, _cluster.Loader.Calls);
    }

    private async Task<(string Text, EntrySource Source)> ReadAsync()
    {
        var answer = await Entry.GetAsync();
        return (EntryCluster.Text(answer), answer.Source);
    }

    private async Task<(Task<CacheAnswer> Waiter, TaskCompletionSource<LoadResult> Load)> BeginLoadAsync()
    {
        var load = new TaskCompletionSource<LoadResult>();
        _cluster.Loader.Answer = (_, _, _) => load.Task;
        var waiter = Entry.GetAsync();
        await Eventually.TrueAsync(() => _cluster.Loader.Calls == 1, "the load runs");
        return (waiter, load);
    }
}

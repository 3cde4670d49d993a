using CacheOrleans.Grains.Tests.Tags;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntrySlidingTests : IAsyncLifetime
{
    private const string StoreKey = "plain:v1:plain:session";
    private static readonly TimeSpan Slide = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);
    private TagCluster _cluster = null!;

    private ICacheEntryGrain Entry => _cluster.Entry("session");

    public async ValueTask InitializeAsync() => _cluster = await TagCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Get_EachRead_ExtendsLifeUntilTheAbsoluteEnd()
    {
        await SetAsync(life: TimeSpan.FromMinutes(10));
        foreach (var read in (Func<Task>[])
            [() => Entry.GetAsync(), () => Entry.RefreshAsync(), () => AskAsync(), () => Entry.GetAsync()])
        {
            Pass(TimeSpan.FromMinutes(2.4));
            await read();
        }

        Assert.Equal(TimeSpan.FromMinutes(0.4), (await Entry.DescribeAsync()).TimeLeft);
        Pass(TimeSpan.FromMinutes(0.4));
        Assert.Equal(EntrySource.None, await _cluster.SourceAsync("session"));
    }

    [Fact]
    public async Task Get_NotReadWithinTheSlide_HasExpired()
    {
        await SetAsync(life: null);

        Pass(Slide);

        Assert.Equal(EntrySource.None, await _cluster.SourceAsync("session"));
    }

    [Fact]
    public async Task Get_ManyReads_WriteOncePerQuarterOfTheSlide()
    {
        await SetAsync(life: TimeSpan.FromHours(1));
        var (before, start) = (_cluster.Store.Writes, _cluster.Entries.Time.GetUtcNow());

        for (var read = 0; read < 120; read++)
        {
            Pass(TimeSpan.FromSeconds(5));
            await Entry.GetAsync();
        }

        await _cluster.StoredAsync("session");
        Assert.Equal(10, (_cluster.Entries.Time.GetUtcNow() - start).TotalMinutes);
        Assert.Equal(10, _cluster.Store.Writes - before);
        var record = _cluster.Store[StoreKey]!;
        Assert.Equal((start, start.AddMinutes(14)), (record.CreatedAt, record.ExpiresAt));
    }

    [Fact]
    public async Task Get_AfterAMove_ContinuesFromTheStore()
    {
        await SetAsync(life: TimeSpan.FromHours(1), "red");
        Pass(3 * AMinute);
        await Entry.GetAsync();
        await _cluster.StoredAsync("session");
        await _cluster.MoveAsync(Entry);
        Pass(3 * AMinute);

        Assert.Equal(EntrySource.Redis, await _cluster.SourceAsync("session"));

        await _cluster.StoredAsync("session");
        var record = _cluster.Store[StoreKey]!;
        Assert.Equal(_cluster.Entries.Time.GetUtcNow() + Slide, record.ExpiresAt);
        Assert.Equal(["red"], record.Tags!);
        Pass(3 * AMinute);
        Assert.Equal(EntrySource.Memory, await _cluster.SourceAsync("session"));
    }

    [Fact]
    public async Task Get_LessThanAQuarterOfTheSlideBeforeAMove_StillExtendsLife()
    {
        await SetAsync(life: TimeSpan.FromHours(1));
        Pass(AMinute * 0.9);
        await Entry.GetAsync();
        await _cluster.MoveAsync(Entry);
        Pass(AMinute * 3.9);

        Assert.Equal(EntrySource.Redis, await _cluster.SourceAsync("session"));
    }

    [Fact]
    public async Task Refresh_EntryOnlyInTheStore_ExtendsItsLife()
    {
        await SetAsync(life: TimeSpan.FromHours(1));
        await _cluster.MoveAsync(Entry);
        Pass(3 * AMinute);

        await Entry.RefreshAsync();

        Assert.Equal(Slide, (await Entry.DescribeAsync()).TimeLeft);
        await _cluster.StoredAsync("session");
        Assert.Equal(_cluster.Entries.Time.GetUtcNow() + Slide, _cluster.Store[StoreKey]!.ExpiresAt);
    }

    [Fact]
    public async Task Refresh_NoEntry_DoesNothing()
    {
        await Entry.RefreshAsync();

        Assert.Equal(EntryState.Empty, (await Entry.DescribeAsync()).State);
    }

    [Fact]
    public async Task Get_AnotherOwnerRemovedIt_DoesNotRestoreIt()
    {
        await SetAsync(life: TimeSpan.FromHours(1));
        Pass(2 * AMinute);
        var now = _cluster.Entries.Time.GetUtcNow();
        _cluster.Store.Put(StoreKey, new StoreRecord(null, _cluster.Now, now, now + AMinute));

        await Entry.GetAsync();
        await _cluster.StoredAsync("session");

        Assert.True(_cluster.Store[StoreKey]!.IsTombstone);
        Assert.Equal(EntrySource.None, await _cluster.SourceAsync("session"));
    }

    [Fact]
    public async Task GetOrLease_SlidingEntry_ReturnsTheSlide()
    {
        await SetAsync(life: TimeSpan.FromHours(1));
        Pass(AMinute);

        var reply = await AskAsync();

        Assert.Equal((true, Slide), (reply.IsSliding, reply.TimeLeft));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3651)]
    public async Task Set_SlideOutOfRange_NamesIt(int days)
    {
        var error = await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Entry.SetAsync(EntryCluster.Write("value") with { SlidingExpiration = TimeSpan.FromDays(days) }));

        Assert.Contains("SlidingExpiration", error.Message, StringComparison.Ordinal);
    }

    private Task<WriteOutcome> SetAsync(TimeSpan? life, params string[] tags) => Entry.SetAsync(
        EntryCluster.Write("value", writeThrough: true) with
        {
            TimeToLive = life,
            SlidingExpiration = Slide,
            Tags = tags,
        });

    private Task<EntryReply> AskAsync() => Entry.GetOrLeaseAsync(new EntryRequest(EntryDemand.Stored, TimeSpan.Zero));

    private void Pass(TimeSpan time) => _cluster.Entries.Time.Advance(time);
}

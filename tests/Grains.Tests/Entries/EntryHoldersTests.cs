using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>Who is told when what an entry holds is replaced.</summary>
public sealed class EntryHoldersTests : IAsyncLifetime
{
    private const string Key = "plain/v1?id=42";
    private static readonly TimeSpan NearLease = TimeSpan.FromSeconds(10);
    private readonly FakeHolder _holder = new();
    private readonly FakeHolder _other = new();
    private EntryCluster _cluster = null!;
    private INearCacheObserver _reference = null!;
    private INearCacheObserver _otherReference = null!;

    private ICacheEntryGrain Entry => _cluster.Entry(Key);

    public async ValueTask InitializeAsync()
    {
        _cluster = await EntryCluster.StartAsync();
        _reference = _cluster.Silos.Client.CreateObjectReference<INearCacheObserver>(_holder);
        _otherReference = _cluster.Silos.Client.CreateObjectReference<INearCacheObserver>(_other);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData("set")]
    [InlineData("remove")]
    [InlineData("expire")]
    public async Task Change_HoldersAreToldOnceWithAFloorAboveTheirCopies(string change)
    {
        await Entry.SetAsync(EntryCluster.Write("old"));
        var copy = await AskAsync();
        await AskAsync(_otherReference);
        await AskAsync();

        await ChangeAsync(change);
        await ChangeAsync(change);

        foreach (var holder in (FakeHolder[])[_holder, _other])
        {
            await Eventually.TrueAsync(() => !holder.Told.IsEmpty, "the holder is told");
            var (key, floor) = Assert.Single(holder.Told);
            Assert.Equal(Key, key);
            Assert.InRange(floor, copy.Stamp + 1, (await Entry.DescribeAsync()).Stamp);
        }
    }

    [Fact]
    public async Task Change_CopyTakenAgain_IsToldAgain()
    {
        for (var i = 1; i <= 3; i++)
        {
            await Entry.SetAsync(EntryCluster.Write("value"));
            var copy = await AskAsync();
            await Entry.RemoveAsync();
            await Eventually.TrueAsync(() => _holder.Told.Count == i, "the holder is told");
            Assert.True(_holder.Told.Last().Floor > copy.Stamp);
        }
    }

    [Theory]
    [InlineData(9.9, 1)]
    [InlineData(10, 0)]
    public async Task Change_AfterTheNearLease_NobodyIsTold(double seconds, int told)
    {
        await Entry.SetAsync(EntryCluster.Write("old"));
        await AskAsync();
        await AskAsync(_otherReference);
        _cluster.Time.Advance(TimeSpan.FromSeconds(seconds));
        await AskAsync(_otherReference);

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(
            () => !_other.Told.IsEmpty && _holder.Told.Count >= told, "those whose leases run are told");
        Assert.Equal(told, _holder.Told.Count);
    }

    [Fact]
    public async Task Change_AfterTheValueExpired_NobodyIsTold()
    {
        await Entry.SetAsync(new CacheWrite("brief"u8.ToArray(), TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(2), (await AskAsync()).TimeLeft);
        _cluster.Time.Advance(TimeSpan.FromSeconds(2));

        await Entry.SetAsync(EntryCluster.Write("new"));
        await AskAsync(_otherReference);
        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => !_other.Told.IsEmpty, "the later holder is told");
        Assert.Empty(_holder.Told);
    }

    [Fact]
    public async Task Complete_ItsHolderAndTheWaitersHoldCopies()
    {
        var leased = await AskAsync();
        var waiter = AskAsync(_otherReference);
        await Eventually.TrueAsync(async () => (await _cluster.CountAsync("plain")).Shared == 1, "the caller waits");
        var outcome = await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, "loaded"u8.ToArray()));
        Assert.Equal(outcome.Stamp, (await waiter).Stamp);
        Assert.Equal(EntryCluster.TimeToLive, (await waiter).TimeLeft);

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => !_holder.Told.IsEmpty && !_other.Told.IsEmpty, "both are told");
    }

    [Fact]
    public async Task Complete_NotKept_ItsHolderHoldsNothing()
    {
        var leased = await AskAsync();
        await Entry.RemoveAsync();
        await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, "stale"u8.ToArray()));
        var large = await AskAsync();
        await Entry.CompleteAsync(new LeaseCompletion(large.Lease, new byte[5000]));
        await Entry.SetAsync(EntryCluster.Write("set"));
        await AskAsync(_otherReference);

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => !_other.Told.IsEmpty, "the holder of what was set is told");
        Assert.Single(_holder.Told); // that its load was outdated by the first remove
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetOrRemove_DuringALoad_ItsHolderAndTheProcessesThatWaitAreTold(bool isSet)
    {
        var leased = await AskAsync();
        var pending = await AskAsync(_otherReference, hold: TimeSpan.Zero);
        Assert.Equal((EntryStatus.Pending, leased.Lease, false), (pending.Status, pending.Lease, pending.IsOutdated));

        await (isSet ? Entry.SetAsync(EntryCluster.Write("set")) : Entry.RemoveAsync());

        await Eventually.TrueAsync(() => !_holder.Told.IsEmpty && !_other.Told.IsEmpty, "both are told");
        Assert.False(await Entry.RenewAsync(leased.Lease));
    }

    [Fact]
    public async Task Set_AfterALoadThatWasWaitedFor_IsToldToNobodyThatHasNoCopy()
    {
        var leased = await AskAsync();
        await AskAsync(_otherReference, hold: TimeSpan.Zero);
        await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, "loaded"u8.ToArray()));

        await Entry.SetAsync(EntryCluster.Write("set"));

        await Eventually.TrueAsync(() => !_holder.Told.IsEmpty, "the holder of a copy is told");
        Assert.Empty(_other.Told);
    }

    [Fact]
    public async Task NotFound_IsACopyToo()
    {
        var leased = await AskAsync();
        await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, null));
        Assert.Equal(EntryStatus.NotFound, (await AskAsync(_otherReference)).Status);

        await Entry.SetAsync(EntryCluster.Write("now there is one"));

        await Eventually.TrueAsync(() => !_holder.Told.IsEmpty && !_other.Told.IsEmpty, "both are told");
    }

    [Fact]
    public async Task Load_ReplacesWhatOthersHold_TheyAreTold()
    {
        await Entry.SetAsync(EntryCluster.Write("of another version"));
        var copy = await AskAsync();

        var leased = await AskAsync(_otherReference, refused: copy.Stamp);
        var outcome = await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, "readable"u8.ToArray()));

        await Eventually.TrueAsync(() => !_holder.Told.IsEmpty, "the holder of the former value is told");
        Assert.Equal((Key, outcome.Stamp), Assert.Single(_holder.Told));
        Assert.Empty(_other.Told);
    }

    [Fact]
    public async Task Refused_ValueOverTheLimitIsLoaded_IsNotTakenForWhatIsHeld()
    {
        await Entry.SetAsync(EntryCluster.Write("of another version"));
        var copy = await AskAsync();
        var leased = await AskAsync(refused: copy.Stamp);

        var outcome = await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, new byte[5000]));

        Assert.Equal((false, TimeSpan.Zero), (outcome.IsKept, outcome.TimeLeft));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Rejected_HoldersAreTold(int ahead)
    {
        var gate = new TaskCompletionSource();
        _cluster.Writes.Gate = gate.Task;
        var now = _cluster.Time.GetUtcNow();
        var later = Stamp.Next(now.AddSeconds(ahead), Stamp.None);
        await Entry.SetAsync(EntryCluster.Write("mine"));
        _cluster.Store.Put("plain:v1:plain:42", new StoreRecord("other"u8.ToArray(), later, now, now.AddHours(1)));
        var copy = await AskAsync();
        Assert.Equal(EntryStatus.Value, copy.Status);

        gate.SetResult();

        await Eventually.TrueAsync(() => !_holder.Told.IsEmpty, "the holder is told");
        Assert.Equal(Math.Max(later.Value, copy.Stamp + 1), Assert.Single(_holder.Told).Floor);
    }

    [Fact]
    public async Task EntryLeaves_HoldersAreTold_ForTheNextOwnerDoesNotKnowThem()
    {
        await Entry.SetAsync(EntryCluster.Write("value", writeThrough: true));
        var copy = await AskAsync();

        await _cluster.Silos.DeactivateAsync(Entry);

        await Eventually.TrueAsync(() => !_holder.Told.IsEmpty, "the holder is told");
        Assert.Equal((Key, copy.Stamp + 1), Assert.Single(_holder.Told));
    }

    [Fact]
    public async Task Ask_WithoutAHolderOrALease_NobodyIsTold()
    {
        await Entry.SetAsync(EntryCluster.Write("old"));
        await AskAsync(nearLease: TimeSpan.Zero);
        await Entry.GetOrLeaseAsync(new EntryRequest(EntryDemand.Leased, NearLease, NearLease: NearLease));
        await AskAsync(_otherReference);

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => !_other.Told.IsEmpty, "the holder is told");
        Assert.Empty(_holder.Told);
    }

    [Fact]
    public async Task ManyHolders_ThoseWhoseLeaseRunsAreTold()
    {
        await Entry.SetAsync(EntryCluster.Write("old"));
        var holders = Enumerable.Range(0, 100).Select(_ => new FakeHolder()).ToList();
        foreach (var holder in holders)
        {
            await AskAsync(_cluster.Silos.Client.CreateObjectReference<INearCacheObserver>(holder));
            _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => holders[91..].TrueForAll(holder => !holder.Told.IsEmpty), "the last are told");
        Assert.All(holders[..91], holder => Assert.Empty(holder.Told));
    }

    private Task<WriteOutcome> ChangeAsync(string change) => change switch
    {
        "set" => Entry.SetAsync(EntryCluster.Write("new")),
        "remove" => Entry.RemoveAsync(),
        "expire" => Entry.ExpireAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private Task<EntryReply> AskAsync(
        INearCacheObserver? holder = null, TimeSpan? nearLease = null, long refused = 0, TimeSpan? hold = null) =>
        Entry.GetOrLeaseAsync(new EntryRequest(
            EntryDemand.Leased,
            hold ?? TimeSpan.FromSeconds(10),
            holder ?? _reference,
            nearLease ?? NearLease,
            refused));
}

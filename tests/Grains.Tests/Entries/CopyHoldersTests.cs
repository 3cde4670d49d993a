using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>Which holders of copies are notified when the value of an entry is replaced.</summary>
public sealed class CopyHoldersTests : IAsyncLifetime
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
    public async Task Change_NotifiesHoldersOnce_WithAFloorAboveTheirCopies(string change)
    {
        await Entry.SetAsync(EntryCluster.Write("old"));
        var copy = await AskAsync();
        await AskAsync(_otherReference);
        await AskAsync();

        await ChangeAsync(change);
        await ChangeAsync(change);

        foreach (var holder in (FakeHolder[])[_holder, _other])
        {
            await Eventually.TrueAsync(() => !holder.Received.IsEmpty, "the holder is notified");
            var (key, floor) = Assert.Single(holder.Received);
            Assert.Equal(Key, key);
            Assert.InRange(floor, copy.Stamp + 1, (await Entry.DescribeAsync()).Stamp);
        }
    }

    [Fact]
    public async Task Change_CopyTakenAgain_NotifiesAgain()
    {
        for (var i = 1; i <= 3; i++)
        {
            await Entry.SetAsync(EntryCluster.Write("value"));
            var copy = await AskAsync();
            await Entry.RemoveAsync();
            await Eventually.TrueAsync(() => _holder.Received.Count == i, "the holder is notified");
            Assert.True(_holder.Received.Last().Floor > copy.Stamp);
        }
    }

    [Theory]
    [InlineData(9.9, 1)]
    [InlineData(10, 0)]
    public async Task Change_AfterTheNearLease_NotifiesNoHolder(double seconds, int notified)
    {
        await Entry.SetAsync(EntryCluster.Write("old"));
        await AskAsync();
        await AskAsync(_otherReference);
        _cluster.Time.Advance(TimeSpan.FromSeconds(seconds));
        await AskAsync(_otherReference);

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(
            () => !_other.Received.IsEmpty && _holder.Received.Count >= notified,
            "holders with a running lease are notified");
        Assert.Equal(notified, _holder.Received.Count);
    }

    [Fact]
    public async Task Change_AfterTheValueExpired_NotifiesNoHolder()
    {
        await Entry.SetAsync(new CacheWrite("brief"u8.ToArray(), TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(2), (await AskAsync()).TimeLeft);
        _cluster.Time.Advance(TimeSpan.FromSeconds(2));

        await Entry.SetAsync(EntryCluster.Write("new"));
        await AskAsync(_otherReference);
        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => !_other.Received.IsEmpty, "the later holder is notified");
        Assert.Empty(_holder.Received);
    }

    [Fact]
    public async Task Complete_LeaseHolderAndWaiters_HoldCopies()
    {
        var leased = await AskAsync();
        var waiter = AskAsync(_otherReference);
        await Eventually.TrueAsync(async () => (await _cluster.CountAsync("plain")).Shared == 1, "the caller waits");
        var outcome = await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, "loaded"u8.ToArray()));
        Assert.Equal(outcome.Stamp, (await waiter).Stamp);
        Assert.Equal(EntryCluster.TimeToLive, (await waiter).TimeLeft);

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => !_holder.Received.IsEmpty && !_other.Received.IsEmpty, "both are notified");
    }

    [Fact]
    public async Task Complete_ValueIsNotKept_LeaseHolderHoldsNoCopy()
    {
        var leased = await AskAsync();
        await Entry.RemoveAsync();
        await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, "stale"u8.ToArray()));
        var large = await AskAsync();
        await Entry.CompleteAsync(new LeaseCompletion(large.Lease, new byte[5000]));
        await Entry.SetAsync(EntryCluster.Write("set"));
        await AskAsync(_otherReference);

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => !_other.Received.IsEmpty, "the holder of the value that was set is notified");
        Assert.Single(_holder.Received); // the first remove made its load outdated
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetOrRemove_DuringALoad_NotifiesTheLeaseHolderAndWaitingProcesses(bool isSet)
    {
        var leased = await AskAsync();
        var pending = await AskAsync(_otherReference, hold: TimeSpan.Zero);
        Assert.Equal((EntryStatus.Pending, leased.Lease, false), (pending.Status, pending.Lease, pending.IsOutdated));

        await (isSet ? Entry.SetAsync(EntryCluster.Write("set")) : Entry.RemoveAsync());

        await Eventually.TrueAsync(() => !_holder.Received.IsEmpty && !_other.Received.IsEmpty, "both are notified");
        Assert.False(await Entry.RenewAsync(leased.Lease));
    }

    [Fact]
    public async Task Set_AfterAnAwaitedLoad_NotifiesNoProcessWithoutACopy()
    {
        var leased = await AskAsync();
        await AskAsync(_otherReference, hold: TimeSpan.Zero);
        await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, "loaded"u8.ToArray()));

        await Entry.SetAsync(EntryCluster.Write("set"));

        await Eventually.TrueAsync(() => !_holder.Received.IsEmpty, "the holder of a copy is notified");
        Assert.Empty(_other.Received);
    }

    [Fact]
    public async Task NotFound_CountsAsACopy()
    {
        var leased = await AskAsync();
        await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, null));
        Assert.Equal(EntryStatus.NotFound, (await AskAsync(_otherReference)).Status);

        await Entry.SetAsync(EntryCluster.Write("now there is one"));

        await Eventually.TrueAsync(() => !_holder.Received.IsEmpty && !_other.Received.IsEmpty, "both are notified");
    }

    [Fact]
    public async Task Load_ReplacesCopiesOfOthers_NotifiesThem()
    {
        await Entry.SetAsync(EntryCluster.Write("of another version"));
        var copy = await AskAsync();

        var leased = await AskAsync(_otherReference, refused: copy.Stamp);
        var outcome = await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, "readable"u8.ToArray()));

        await Eventually.TrueAsync(() => !_holder.Received.IsEmpty, "the holder of the former value is notified");
        Assert.Equal((Key, outcome.Stamp), Assert.Single(_holder.Received));
        Assert.Empty(_other.Received);
    }

    [Fact]
    public async Task Refused_ValueOverTheLimitIsLoaded_IsNotKept()
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
    public async Task Set_StoreRejectsTheWrite_NotifiesHolders(int ahead)
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

        await Eventually.TrueAsync(() => !_holder.Received.IsEmpty, "the holder is notified");
        Assert.Equal(Math.Max(later.Value, copy.Stamp + 1), Assert.Single(_holder.Received).Floor);
    }

    [Fact]
    public async Task Entry_IsDeactivated_NotifiesHolders()
    {
        await Entry.SetAsync(EntryCluster.Write("value", writeThrough: true));
        var copy = await AskAsync();

        await _cluster.Silos.DeactivateAsync(Entry);

        await Eventually.TrueAsync(() => !_holder.Received.IsEmpty, "the holder is notified");
        Assert.Equal((Key, copy.Stamp + 1), Assert.Single(_holder.Received));
    }

    [Fact]
    public async Task GetOrLease_WithoutAHolderOrANearLease_IsNotNotified()
    {
        await Entry.SetAsync(EntryCluster.Write("old"));
        await AskAsync(nearLease: TimeSpan.Zero);
        await Entry.GetOrLeaseAsync(new EntryRequest(EntryDemand.Leased, NearLease, NearLease: NearLease));
        await AskAsync(_otherReference);

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(() => !_other.Received.IsEmpty, "the holder is notified");
        Assert.Empty(_holder.Received);
    }

    [Fact]
    public async Task Change_ManyHolders_NotifiesThoseWithARunningLease()
    {
        await Entry.SetAsync(EntryCluster.Write("old"));
        var holders = Enumerable.Range(0, 100).Select(_ => new FakeHolder()).ToList();
        foreach (var holder in holders)
        {
            await AskAsync(_cluster.Silos.Client.CreateObjectReference<INearCacheObserver>(holder));
            _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await Entry.RemoveAsync();

        await Eventually.TrueAsync(
            () => holders[91..].TrueForAll(holder => !holder.Received.IsEmpty), "the last holders are notified");
        Assert.All(holders[..91], holder => Assert.Empty(holder.Received));
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

using System.Text;
using CacheOrleans.Alerts;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class LeaseTests : IAsyncLifetime
{
    private const string Key = "plain/v1?id=42";
    private const string StoreKey = "plain:v1:plain:42";
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private EntryCluster _cluster = null!;

    private ICacheEntryGrain Entry => _cluster.Entry(Key);

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    [Trait("Row", "L1")]
    public async Task GetOrLease_ValueInStore_ReturnsItWithoutALease()
    {
        var now = _cluster.Time.GetUtcNow();
        _cluster.Store.Put(StoreKey, new StoreRecord("stored"u8.ToArray(), new Stamp(7), now, now.AddMinutes(1)));

        var first = await AskAsync();
        var second = await AskAsync();

        Assert.Equal((EntryStatus.Value, "stored", EntrySource.Redis), Shown(first));
        Assert.Equal((EntryStatus.Value, "stored", EntrySource.Memory), Shown(second));
        Assert.Equal((7, TimeSpan.FromMinutes(1)), (second.Stamp, second.TimeLeft));
    }

    [Fact]
    [Trait("Row", "L2")]
    public async Task GetOrLease_ManyCallersOnOneColdKey_OneLoadsForAll()
    {
        await using var cluster = await EntryCluster.StartAsync(silos: 3);
        var asked = Enumerable.Range(0, 200).Select(_ => cluster.Entry(Key).GetOrLeaseAsync(Request())).ToList();
        var leased = await await Task.WhenAny(asked);
        await Eventually.TrueAsync(
            async () => (await cluster.CountAsync("plain")).Shared == 199, "the other callers wait");

        var outcome = await cluster.Entry(Key).CompleteAsync(Completion(leased, "one"));

        var replies = await Task.WhenAll(asked);
        Assert.Single(replies, reply => reply.Status == EntryStatus.Leased);
        var others = replies.Where(reply => reply.Status != EntryStatus.Leased).ToList();
        Assert.All(others, reply => Assert.Equal((EntryStatus.Value, "one", EntrySource.Fallback), Shown(reply)));
        Assert.All(others, reply => Assert.Equal((outcome.Stamp, outcome.TimeLeft), (reply.Stamp, reply.TimeLeft)));
        Assert.Equal((true, EntryCluster.TimeToLive), (outcome.IsKept, outcome.TimeLeft));
        Assert.Equal(1, (await cluster.CountAsync("plain")).Fallback);
        await Eventually.TrueAsync(() => cluster.Store[StoreKey] is not null, "the store has the value");
    }

    [Fact]
    [Trait("Row", "L2")]
    public async Task GetOrLease_StoreIsDown_StillGrantsOneLease()
    {
        _cluster.Store.ReadFailure = new StoreFailure(StoreFailureKind.Connection, new IOException("gone"));

        var leased = await AskAsync();
        var waiter = await WaitAsync();
        await Entry.CompleteAsync(Completion(leased, "from the database"));

        Assert.Equal(EntryStatus.Leased, leased.Status);
        Assert.Equal((EntryStatus.Value, "from the database", EntrySource.Fallback), Shown(await waiter));
        Assert.Equal(1, _cluster.Store.Reads);
    }

    [Fact]
    public async Task GetOrLease_HoldElapses_IsPendingAndCanBeRepeated()
    {
        var leased = await AskAsync();
        Assert.Equal(EntryStatus.Pending, (await AskAsync(hold: TimeSpan.Zero)).Status);
        var waiter = await WaitAsync(hold: TimeSpan.FromMilliseconds(50));

        _cluster.Time.Advance(TimeSpan.FromMilliseconds(50));

        var pending = await waiter;
        Assert.Equal((EntryStatus.Pending, leased.Lease), (pending.Status, pending.Lease));
        var again = AskAsync(awaited: pending.Lease);
        await Entry.CompleteAsync(Completion(leased, "late"));
        Assert.Equal((EntryStatus.Value, "late"), (Shown(await again).Status, Shown(await again).Text));
        Assert.Equal((3, 2), ((await CountAsync()).Requests, (await CountAsync()).Shared));
    }

    [Fact]
    public async Task GetOrLease_StoreIsSlow_IsPending()
    {
        var gate = new TaskCompletionSource();
        _cluster.Store.ReadGate = gate.Task;

        Assert.Equal(EntryStatus.Pending, (await AskAsync(hold: TimeSpan.Zero)).Status);
        Assert.Equal(EntryStatus.Pending, (await AskAsync(EntryDemand.Stored, TimeSpan.Zero)).Status);
        gate.SetResult();

        Assert.Equal(EntryStatus.Leased, (await AskAsync()).Status);
    }

    [Fact]
    public async Task Renew_InTime_KeepsTheLeaseFromWaiters()
    {
        var leased = await AskAsync();
        var waiter = await WaitAsync();
        for (var i = 0; i < 5; i++)
        {
            _cluster.Time.Advance(TimeSpan.FromSeconds(1.5));
            Assert.True(await Entry.RenewAsync(leased.Lease));
        }

        await Entry.CompleteAsync(Completion(leased, "after 7.5 s"));

        Assert.Equal((EntryStatus.Value, "after 7.5 s", EntrySource.Fallback), Shown(await waiter));
    }

    [Fact]
    public async Task Lease_NotRenewed_GoesToOneWaiterAndLateValuesCountUntilANewerOne()
    {
        var first = await AskAsync();
        var waiters = new List<Task<EntryReply>>();
        for (var i = 0; i < 20; i++)
        {
            waiters.Add(await WaitAsync());
        }

        _cluster.Time.Advance(Length);

        var promoted = await await Task.WhenAny(waiters);
        Assert.Equal(EntryStatus.Leased, promoted.Status);
        Assert.NotEqual(first.Lease, promoted.Lease);
        Assert.False(await Entry.RenewAsync(first.Lease));
        Assert.True((await Entry.CompleteAsync(Completion(first, "late"))).IsKept);
        Assert.Equal("late", Shown(await AskAsync()).Text);
        Assert.True((await Entry.CompleteAsync(Completion(promoted, "in time"))).IsKept);
        var replies = await Task.WhenAll(waiters);
        Assert.Equal(19, replies.Count(reply => Shown(reply) == (EntryStatus.Value, "in time", EntrySource.Fallback)));
    }

    [Fact]
    public async Task Complete_AfterAReplacingLeaseCompleted_IsNotKept()
    {
        var first = await AskAsync();
        _cluster.Time.Advance(Length);
        var second = await AskAsync();
        Assert.True((await Entry.CompleteAsync(Completion(second, "newer"))).IsKept);

        Assert.False((await Entry.CompleteAsync(Completion(first, "older"))).IsKept);

        Assert.Equal("newer", Shown(await AskAsync()).Text);
    }

    [Fact]
    public async Task Lease_ExpiredWithoutASuccessor_StillDeliversItsValue()
    {
        var leased = await AskAsync();
        _cluster.Time.Advance(Length * 2);

        Assert.True((await Entry.CompleteAsync(Completion(leased, "late"))).IsKept);

        Assert.Equal((EntryStatus.Value, "late", EntrySource.Memory), Shown(await AskAsync()));
    }

    [Fact]
    public async Task Complete_UnknownOrRepeated_IsNotKept()
    {
        var leased = await AskAsync();
        var stranger = new LeaseCompletion(Guid.NewGuid(), "stranger"u8.ToArray());

        Assert.Equal(new LeaseOutcome(false, 0, TimeSpan.Zero), await Entry.CompleteAsync(stranger));
        Assert.True((await Entry.CompleteAsync(Completion(leased, "first"))).IsKept);
        Assert.Equal(new LeaseOutcome(false, 0, TimeSpan.Zero), await Entry.CompleteAsync(Completion(leased, "again")));
        await Entry.FailAsync(Failure(leased));

        Assert.Equal((EntryStatus.Value, "first", EntrySource.Memory), Shown(await AskAsync()));
        Assert.Empty(_cluster.Alerts.Reports);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetOrRemove_DuringALease_WinsOverTheLease(bool isSet)
    {
        var leased = await AskAsync();
        var waiter = await WaitAsync();
        await (isSet ? Entry.SetAsync(EntryCluster.Write("set")) : Entry.RemoveAsync());

        var later = await AskAsync();
        Assert.False(await Entry.RenewAsync(leased.Lease));
        var outcome = await Entry.CompleteAsync(Completion(leased, "stale"));

        Assert.Equal((false, TimeSpan.Zero), (outcome.IsKept, outcome.TimeLeft));
        Assert.Equal((EntryStatus.Value, "stale", EntrySource.Fallback), Shown(await waiter));
        Assert.Equal(TimeSpan.Zero, (await waiter).TimeLeft);
        Assert.Equal(isSet ? EntryStatus.Value : EntryStatus.Leased, later.Status);
        if (!isSet)
        {
            Assert.True((await Entry.CompleteAsync(Completion(later, "set"))).IsKept);
        }

        Assert.Equal((EntryStatus.Value, "set", EntrySource.Memory), Shown(await AskAsync()));
    }

    [Fact]
    [Trait("Row", "L4")]
    [Trait("Row", "L5")]
    public async Task Fail_FallbackFailed_ReachesEveryWaiterAndKeepsNothing()
    {
        var leased = await AskAsync();
        var pending = await AskAsync(hold: TimeSpan.Zero);
        var waiters = new List<Task<EntryReply>>();
        for (var i = 0; i < 20; i++)
        {
            waiters.Add(await WaitAsync());
        }

        await Entry.FailAsync(Failure(leased));
        await Entry.FailAsync(Failure(leased));

        foreach (var waiter in waiters)
        {
            var error = await Assert.ThrowsAsync<LeaseFailedException>(() => waiter);
            Assert.Equal(("plain", "no such table"), (error.Cache, error.Failure.Message));
            Assert.Equal([1, 2, 3], error.Failure.Error!);
        }

        await Assert.ThrowsAsync<LeaseFailedException>(() => AskAsync(awaited: pending.Lease));
        var (cache, stage, reported) = Assert.Single(_cluster.Alerts.Reports);
        Assert.Equal(("plain", AlertStage.Fallback), (cache, stage));
        Assert.IsType<LeaseFailedException>(reported);
        Assert.Equal((1, 1), ((await CountAsync()).Errors, (await CountAsync()).Fallback));
        Assert.Equal(EntryStatus.Leased, (await AskAsync()).Status);
    }

    [Fact]
    public async Task Complete_ValueTooLarge_ACallerBetweenTwoCallsGetsItUnlessTheEntryChanges()
    {
        var leased = await AskAsync();
        await Entry.CompleteAsync(Completion(leased, new string('x', 5000)));
        Assert.Equal(EntryStatus.Value, (await AskAsync(awaited: leased.Lease)).Status);
        await Entry.RemoveAsync();
        Assert.Equal(EntryStatus.Leased, (await AskAsync(awaited: leased.Lease)).Status);
    }

    [Fact]
    public async Task Fail_HolderGaveUp_PassesTheLeaseToTheNextWaiter()
    {
        var leased = await AskAsync();
        var waiters = new List<Task<EntryReply>> { await WaitAsync(), await WaitAsync() };

        await Entry.FailAsync(Failure(leased) with { IsGivenUp = true });
        await Entry.FailAsync(Failure(leased) with { IsGivenUp = true });

        var next = await await Task.WhenAny(waiters);
        Assert.Equal(EntryStatus.Leased, next.Status);
        await Entry.CompleteAsync(Completion(next, "after all"));
        Assert.Single(await Task.WhenAll(waiters), reply => Shown(reply).Text == "after all");
        Assert.Empty(_cluster.Alerts.Reports);
        Assert.Equal(0, (await CountAsync()).Errors);
    }

    [Fact]
    public async Task Complete_NothingFound_IsRememberedForAWhile()
    {
        var leased = await AskAsync();
        var waiter = await WaitAsync();

        var outcome = await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, null));

        Assert.Equal((true, TimeSpan.FromSeconds(30)), (outcome.IsKept, outcome.TimeLeft));
        Assert.Equal((EntryStatus.NotFound, outcome.Stamp), ((await waiter).Status, (await waiter).Stamp));
        Assert.Equal(EntryStatus.NotFound, (await AskAsync()).Status);
        _cluster.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(EntryStatus.Leased, (await AskAsync()).Status);
    }

    [Fact]
    public async Task Complete_ValueTooLarge_AnswersWaitersAndKeepsNothing()
    {
        var leased = await AskAsync();
        var waiter = await WaitAsync();

        var outcome = await Entry.CompleteAsync(new LeaseCompletion(leased.Lease, new byte[5000]));

        Assert.Equal((false, TimeSpan.Zero), (outcome.IsKept, outcome.TimeLeft));
        Assert.Equal((5000, TimeSpan.Zero), ((await waiter).Value!.Length, (await waiter).TimeLeft));
        Assert.Equal(EntryStatus.Leased, (await AskAsync()).Status);
        Assert.Null(_cluster.Store[StoreKey]);
    }

    [Fact]
    public async Task GetOrLease_ValueUnreadableForTheCaller_IsAMissForThatCaller()
    {
        await Entry.SetAsync(EntryCluster.Write("of another version", writeThrough: true));
        var value = await AskAsync();

        var leased = await AskAsync(refused: value.Stamp);
        Assert.Equal(EntryStatus.Value, (await AskAsync()).Status);
        await Entry.CompleteAsync(Completion(leased, "readable"));

        Assert.Equal(EntryStatus.Leased, leased.Status);
        Assert.Equal("readable", Shown(await AskAsync(refused: value.Stamp)).Text);
    }

    [Fact]
    public async Task GetOrLease_LoaderRuns_WaitsForItsValue()
    {
        var load = new TaskCompletionSource<Loading.LoadResult>();
        _cluster.Loader.Answer = (_, _, _) => load.Task;
        var entry = _cluster.Entry("user/v1?user_id=1");
        var loaded = entry.GetAsync();
        await Eventually.TrueAsync(() => _cluster.Loader.Calls == 1, "the load runs");

        Assert.Equal(
            EntryStatus.Pending, (await entry.GetOrLeaseAsync(Request(hold: TimeSpan.Zero))).Status);
        var waiter = entry.GetOrLeaseAsync(Request());
        load.SetResult(FakeLoader.Found("loaded"));

        Assert.Equal("loaded", EntryCluster.Text(await loaded));
        Assert.Equal("loaded", Shown(await waiter).Text);
    }

    [Fact]
    public async Task Get_ClientLoads_WaitsForItAsClientsDo()
    {
        var entry = _cluster.Entry("user/v1?user_id=1");
        var leased = await entry.GetOrLeaseAsync(Request());
        var read = entry.GetAsync();
        await Eventually.TrueAsync(async () => (await _cluster.CountAsync("user")).Shared == 1, "the caller waits");
        for (var i = 0; i < 30; i++) // longer than the cache's FallbackTimeout
        {
            _cluster.Time.Advance(TimeSpan.FromSeconds(1.5));
            Assert.True(await entry.RenewAsync(leased.Lease));
        }

        await entry.CompleteAsync(Completion(leased, "client's"));

        Assert.Equal("client's", EntryCluster.Text(await read));
        Assert.Equal(0, _cluster.Loader.Calls);
    }

    [Theory]
    [InlineData(EntryDemand.Stored, "user/v1?user_id=1", EntryStatus.Nothing)]
    [InlineData(EntryDemand.Stored, Key, EntryStatus.Nothing)]
    [InlineData(EntryDemand.Loaded, "user/v1?user_id=1", EntryStatus.Value)]
    [InlineData(EntryDemand.Loaded, Key, EntryStatus.Nothing)]
    [InlineData(EntryDemand.Leased, "user/v1?user_id=1", EntryStatus.Leased)]
    public async Task GetOrLease_ColdKey_GoesAsFarAsDemanded(EntryDemand demand, string key, EntryStatus expected) =>
        Assert.Equal(expected, (await _cluster.Entry(key).GetOrLeaseAsync(Request(demand))).Status);

    [Fact]
    public async Task Bounds_LeaseRuns_EntryStays()
    {
        await using var cluster = await EntryCluster.StartAsync(bounds: options => options.MaxCount = 5);
        var leased = await cluster.Entry(Key).GetOrLeaseAsync(Request());
        for (var id = 0; id < 50; id++)
        {
            await cluster.Entry($"plain/v1?id={id + 1000}").GetAsync();
        }

        var evictor = cluster.Silos.GetSiloServiceProvider().GetRequiredService<EntryEvictor>();
        await Eventually.TrueAsync(() => evictor.Count <= 5, "the other entries have been evicted");
        Assert.True((await cluster.Entry(Key).CompleteAsync(Completion(leased, "kept"))).IsKept);
    }

    private static EntryRequest Request(
        EntryDemand demand = EntryDemand.Leased, TimeSpan? hold = null, long refused = 0, Guid awaited = default) =>
        new(demand, hold ?? MaxWait, Refused: refused, Awaited: awaited);

    private static LeaseCompletion Completion(EntryReply leased, string text) =>
        new(leased.Lease, Encoding.UTF8.GetBytes(text));

    private static LeaseFailure Failure(EntryReply leased) =>
        new(leased.Lease, "no such table", "Some.DatabaseException", "at Some.Where()", [1, 2, 3]);

    private static (EntryStatus Status, string Text, EntrySource Source) Shown(EntryReply reply) =>
        (reply.Status, Encoding.UTF8.GetString(reply.Value ?? []), reply.Source);

    private Task<EntryReply> AskAsync(
        EntryDemand demand = EntryDemand.Leased, TimeSpan? hold = null, long refused = 0, Guid awaited = default) =>
        Entry.GetOrLeaseAsync(Request(demand, hold, refused, awaited));

    /// <summary>Makes a call, and returns its task once the call waits in the grain.</summary>
    private async Task<Task<EntryReply>> WaitAsync(TimeSpan? hold = null)
    {
        var shared = (await CountAsync()).Shared;
        var waiter = AskAsync(hold: hold);
        await Eventually.TrueAsync(async () => (await CountAsync()).Shared > shared, "the caller waits");
        await Entry.DescribeAsync(); // runs after the turn in which the wait began
        return waiter;
    }

    private Task<CacheCounters> CountAsync() => _cluster.CountAsync("plain");
}

using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Redis.Tests.Store;

/// <summary>What happens to two clusters that share one Redis, for every kind of Redis.</summary>
public abstract class KeyPrefixContract
{
    private const string Mark = "cache:@cluster";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task FirstCall_MarksThePrefixWithTheClustersId()
    {
        using var server = Launch();
        await using var blue = new TestStore(server.ConnectionString, cluster: "blue");

        Assert.Equal(StoreReadStatus.Missing, (await blue.Store.ReadAsync(Writes.Key("1"), Cancel)).Status);

        var raw = await blue.RawAsync();
        Assert.Equal("blue", (string?)await raw.StringGetAsync(Mark));
        var left = await raw.KeyTimeToLiveAsync(Mark);
        Assert.InRange(left!.Value, KeyPrefix.MarkLife / 2, KeyPrefix.MarkLife);
    }

    [Fact]
    public async Task Calls_UnderThePrefixOfAnotherCluster_AreRefusedUntilItIsFree()
    {
        using var server = Launch();
        await using var blue = new TestStore(server.ConnectionString, cluster: "blue");
        await using var green = new TestStore(server.ConnectionString, cluster: "green");
        var write = Writes.Value(Writes.Key("1"), 1, [1], Now);
        Assert.Equal(StoreWriteResult.Applied, (await blue.Store.WriteAsync([write], Cancel))[0]);

        var read = await green.Store.ReadAsync(write.Key, Cancel);
        var written = await green.Store.WriteAsync([Writes.Tombstone(write.Key, 2, Now)], Cancel);

        Assert.Equal(StoreFailureKind.Foreign, read.Failure!.Kind);
        Assert.True(read.Failure is { CountsAgainstHealth: true, IsTransient: true });
        foreach (var part in new[] { "'cache:'", "'blue'", "'green'", "Redis:KeyPrefix", $"'{Mark}'" })
        {
            Assert.Contains(part, read.Failure.Exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(StoreFailureKind.Foreign, written[0].Failure!.Kind);
        Assert.Equal(StoreFailureKind.Foreign, (await green.Store.ProbeAsync(Cancel))!.Kind);
        Assert.Equal(StoreReadStatus.Found, (await blue.Store.ReadAsync(write.Key, Cancel)).Status);
        Assert.Equal([2004], green.Connection.Events());

        await (await blue.RawAsync()).KeyDeleteAsync(Mark);
        Assert.Null(await green.Store.ProbeAsync(Cancel));
        Assert.Equal(StoreReadStatus.Found, (await green.Store.ReadAsync(write.Key, Cancel)).Status);
        Assert.Equal([2004, 2005], green.Connection.Events());
    }

    [Fact]
    public async Task FirstCalls_OfTwoClustersAtOnce_OnlyOneGetsThePrefix()
    {
        using var server = Launch();
        for (var round = 0; round < 20; round++)
        {
            RedisOptions Options() => new() { KeyPrefix = $"p{round}", ReadTimeout = TimeSpan.FromSeconds(10) };
            await using var blue = new TestStore(server.ConnectionString, options: Options(), cluster: "blue");
            await using var green = new TestStore(server.ConnectionString, options: Options(), cluster: "green");
            var reads = await Task.WhenAll(new[] { blue, green }.Select(
                store => store.Store.ReadAsync(Writes.Key("1"), Cancel).AsTask()));

            Assert.Single(reads, read => read.Status == StoreReadStatus.Missing);
            Assert.Single(reads, read => read.Failure is { Kind: StoreFailureKind.Foreign });
        }
    }

    [Fact]
    public async Task Guard_OfASecondCluster_FailsTheStart()
    {
        using var server = Launch();
        await using var blue = new TestStore(server.ConnectionString, cluster: "blue");
        await using var green = new TestStore(server.ConnectionString, cluster: "green");
        using var first = blue.Guard(TimeProvider.System);
        using var second = green.Guard(TimeProvider.System);
        await first.StartAsync(Cancel);

        await Assert.ThrowsAsync<KeyPrefixTakenException>(() => second.StartAsync(Cancel));

        await first.StopAsync(Cancel);
    }

    [Fact]
    public async Task Guard_WhileItRuns_RenewsTheMark()
    {
        using var server = Launch();
        var time = new FakeTimeProvider();
        await using var blue = new TestStore(server.ConnectionString, cluster: "blue");
        using var guard = blue.Guard(time);
        await guard.StartAsync(Cancel);
        var raw = await blue.RawAsync();
        await raw.KeyDeleteAsync(Mark);

        time.Advance(KeyPrefixGuard.Interval);
        await Eventually.TrueAsync(async () => await raw.StringGetAsync(Mark) == "blue", "the mark is renewed");

        await raw.StringSetAsync(Mark, "green");
        time.Advance(KeyPrefixGuard.Interval);
        await Eventually.TrueAsync(() => blue.Connection.Events().Contains(2004), "another cluster is noticed");
        var read = await blue.Store.ReadAsync(Writes.Key("1"), Cancel);
        Assert.Equal(StoreFailureKind.Foreign, read.Failure!.Kind);
        await guard.StopAsync(Cancel);
    }

    [Fact]
    public async Task FirstCall_RedisWasDownAtTheStart_FindsTheOtherCluster()
    {
        using var server = Launch();
        server.Stop();
        await using var green = new TestStore(server.ConnectionString, cluster: "green");
        using var guard = green.Guard(TimeProvider.System);
        await guard.StartAsync(Cancel);
        Assert.Equal(
            StoreFailureKind.Connection, (await green.Store.ReadAsync(Writes.Key("1"), Cancel)).Failure!.Kind);

        server.Start();
        await using var blue = new TestStore(server.ConnectionString, cluster: "blue");
        await (await blue.RawAsync()).StringSetAsync(Mark, "blue");

        StoreReadResult read = default;
        await Eventually.TrueAsync(
            async () =>
            {
                read = await green.Store.ReadAsync(Writes.Key("1"), Cancel);
                return read.Failure?.Kind != StoreFailureKind.Connection;
            },
            "Redis is back");
        Assert.Equal(StoreFailureKind.Foreign, read.Failure?.Kind);
        await guard.StopAsync(Cancel);
    }

    /// <remarks>The silo that has used the prefix before goes on: see the test above.</remarks>
    [Fact]
    public async Task Guard_OfASiloThatNeverHadThePrefix_EndsAtASecondLook()
    {
        using var server = Launch();
        var time = new FakeTimeProvider(Now);
        await using var green = new TestStore(server.ConnectionString, time, cluster: "green");
        var gate = new FakeGate { Refuses = true }; // another's mark opens the breaker
        using var guard = await StartWithoutRedisAsync(server, green, time, gate);

        var start = time.GetUtcNow();
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(KeyPrefixGuard.Interval);
                return guard.ExecuteTask!.IsCompleted;
            },
            "the guard ends");
        Assert.True(time.GetUtcNow() - start >= KeyPrefix.SecondLook, "It ended at the first look.");
        await Assert.ThrowsAsync<KeyPrefixTakenException>(() => guard.ExecuteTask!);
        Assert.Equal([2004], green.Connection.Events());
    }

    [Fact]
    public async Task Guard_OfASiloThatNeverHadThePrefix_GoesOnWhenTheMarkIsDeleted()
    {
        using var server = Launch();
        var time = new FakeTimeProvider();
        await using var green = new TestStore(server.ConnectionString, time, cluster: "green");
        using var guard = await StartWithoutRedisAsync(server, green, time, new FakeGate());

        var raw = await green.RawAsync();
        await raw.KeyDeleteAsync(Mark);
        time.Advance(KeyPrefixGuard.Interval);
        await Eventually.TrueAsync(() => green.Connection.Events().Contains(2005), "the prefix is free");

        await raw.StringSetAsync(Mark, "blue");
        time.Advance(KeyPrefix.SecondLook);
        await Eventually.TrueAsync(() => green.Connection.Events().Count(id => id == 2004) == 2, "it is taken again");
        time.Advance(KeyPrefix.SecondLook);
        Assert.Equal(
            StoreFailureKind.Foreign, (await green.Store.ReadAsync(Writes.Key("1"), Cancel)).Failure!.Kind);
        Assert.False(guard.ExecuteTask!.IsCompleted);
        await guard.StopAsync(Cancel);
    }

    /// <summary>Nobody renews a mark while the breaker is open.</summary>
    [Fact]
    public async Task Mark_ThatRanOut_IsClaimedAgainByTheFirstCall()
    {
        using var server = Launch();
        var time = new FakeTimeProvider(Now);
        await using var blue = new TestStore(server.ConnectionString, time, cluster: "blue");
        Assert.Null(await blue.Store.ProbeAsync(Cancel));
        var raw = await blue.RawAsync();
        await raw.KeyDeleteAsync(Mark);

        time.Advance((KeyPrefix.MarkLife / 2) - TimeSpan.FromSeconds(1));
        Assert.Null(await blue.Store.ProbeAsync(Cancel));
        Assert.False(await raw.KeyExistsAsync(Mark));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await blue.Store.ProbeAsync(Cancel));
        Assert.Equal("blue", (string?)await raw.StringGetAsync(Mark));
        Assert.Empty(blue.Connection.Events());
    }

    [Fact]
    public async Task Mark_ThatRanOutAndIsAnothersNow_FailsTheProbe_AndNothingIsWritten()
    {
        using var server = Launch();
        var time = new FakeTimeProvider(Now);
        await using var blue = new TestStore(server.ConnectionString, time, cluster: "blue");
        await using var green = new TestStore(server.ConnectionString, cluster: "green");
        Assert.Equal(StoreReadStatus.Missing, (await blue.Store.ReadAsync(Writes.Key("1"), Cancel)).Status);
        var raw = await blue.RawAsync();
        await raw.KeyDeleteAsync(Mark);
        Assert.Equal(StoreReadStatus.Missing, (await green.Store.ReadAsync(Writes.Key("1"), Cancel)).Status);

        time.Advance(KeyPrefix.MarkLife);
        var probe = await blue.Store.ProbeAsync(Cancel);
        var written = await blue.Store.WriteAsync([Writes.Value(Writes.Key("1"), 1, [1], time.GetUtcNow())], Cancel);

        Assert.True(probe is { Kind: StoreFailureKind.Foreign, CountsAgainstHealth: true }, "The breaker stays open.");
        Assert.Equal(StoreFailureKind.Foreign, written[0].Failure!.Kind);
        Assert.False(await raw.KeyExistsAsync($"cache:{Writes.Key("1").Text}"));
        Assert.False(await raw.KeyExistsAsync("cache:probe"));
        Assert.Equal("green", (string?)await raw.StringGetAsync(Mark));
    }

    /// <summary>Starts a silo of green without Redis, which then is there with the mark of blue.</summary>
    private static async Task<KeyPrefixGuard> StartWithoutRedisAsync(
        OwnServer server, TestStore green, FakeTimeProvider time, FakeGate gate)
    {
        server.Stop();
        var guard = green.Guard(time, gate);
        await guard.StartAsync(Cancel);
        server.Start();
        await (await green.RawAsync()).StringSetAsync(Mark, "blue");
        await Eventually.TrueAsync(
            async () => (await green.Store.ReadAsync(Writes.Key("1"), Cancel)).Failure
                is { Kind: StoreFailureKind.Foreign },
            "Redis is back");
        return guard;
    }

    /// <summary>Starts a server for one test.</summary>
    protected abstract OwnServer Launch();
}

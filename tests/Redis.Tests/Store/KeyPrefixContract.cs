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
        Assert.Equal([2004], green.Connection.Events);

        await (await blue.RawAsync()).KeyDeleteAsync(Mark);
        Assert.Null(await green.Store.ProbeAsync(Cancel));
        Assert.Equal(StoreReadStatus.Found, (await green.Store.ReadAsync(write.Key, Cancel)).Status);
        Assert.Equal([2004, 2005], green.Connection.Events);
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
        await Eventually.TrueAsync(() => blue.Connection.Events.Contains(2004), "another cluster is noticed");
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

    /// <summary>Starts a server for one test.</summary>
    protected abstract OwnServer Launch();
}

using System.Diagnostics;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class RedisStoreTests : RedisStoreContract, IClassFixture<RedisStoreTests.Fixture>
{
    private readonly Fixture _fixture;

    public RedisStoreTests(Fixture fixture)
    {
        _fixture = fixture;
        Assert.SkipWhen(fixture.Server is null, "There is no redis-server on this machine.");
    }

    protected override string ConnectionString => _fixture.Server!.ConnectionString;

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_ToAPausedServer_FailWithTimeoutWithinTheLimit()
    {
        using var server = Launch();
        await using var store = new TestStore(
            server.ConnectionString, options: new() { WriteTimeout = TimeSpan.FromMilliseconds(500) });
        var write = Writes.Value(NewKey(), 1, [1], Now);
        await Eventually.TrueAsync(
            async () => (await store.Store.WriteAsync([write], Cancel))[0] == StoreWriteResult.Applied,
            "the value is written");

        server.Pause();
        var start = Stopwatch.GetTimestamp();
        await TimesOutAsync(async () => [(await store.Store.ReadAsync(write.Key, Cancel)).Failure!]);
        await TimesOutAsync(async () =>
            [.. (await store.Store.WriteAsync([write, write], Cancel)).Select(result => result.Failure!)]);
        await TimesOutAsync(async () => [(await store.Store.ProbeAsync(Cancel))!]);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));

        server.Resume();
        await Eventually.TrueAsync(
            async () => (await store.Store.ReadAsync(write.Key, Cancel)).Status == StoreReadStatus.Found,
            "the server answers again");

        // A process that itself had no processor time says that it knows nothing of the server: then it asks again.
        static async Task TimesOutAsync(Func<Task<StoreFailure[]>> call)
        {
            StoreFailure[] failures = [];
            await Eventually.TrueAsync(
                async () => !(failures = await call()).Any(failure => failure.IsInconclusive),
                "this process had time to receive an answer");
            Assert.All(failures, failure => Assert.Equal(StoreFailureKind.Timeout, failure.Kind));
        }
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_WithoutMemory_FailWithOutOfMemory()
    {
        // The limit is so low that there is never room for a write. With a higher limit, a large value is refused while
        // it is in the connection's buffers, but a second later the buffers are freed and there is room again.
        using var server = Launch("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        await using var store = new TestStore(server.ConnectionString);

        var results = await store.Store.WriteAsync([Writes.Value(NewKey(), 1, [1], Now)], Cancel);

        Assert.Equal(StoreFailureKind.OutOfMemory, results[0].Failure!.Kind);
        Assert.Equal(StoreFailureKind.OutOfMemory, (await store.Store.ProbeAsync(Cancel))!.Kind);
        Assert.Equal(StoreReadStatus.Missing, (await store.Store.ReadAsync(NewKey(), Cancel)).Status);
        Assert.Equal([2001], store.Logger.Events());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",password=wrong")]
    [Trait("Row", "B2")]
    public async Task Calls_WithoutTheRightPassword_FailWithAuthentication(string credentials)
    {
        using var server = Launch("--requirepass", "right");
        await using var store = new TestStore(server.ConnectionString + credentials);

        await Eventually.TrueAsync(
            async () => await store.Store.ReadAsync(NewKey(), Cancel) is
            { Failure.Kind: StoreFailureKind.Authentication },
            "the refusal is reported");
        Assert.Equal(
            StoreFailureKind.Authentication,
            (await store.Store.WriteAsync([Writes.Value(NewKey(), 1, [1], Now)], Cancel))[0].Failure!.Kind);
    }

    /// <remarks>The probe does what reads and writes do, so it does not close a breaker that one of them opened.
    /// </remarks>
    [Theory]
    [InlineData("+@all ~* -@read -@write -@scripting", true)]
    [InlineData("+@all ~other:*", true)]
    [InlineData("+@all ~* -get", true)]
    [InlineData("+@all ~* -eval -evalsha", false)]
    [InlineData("+@all ~* -set", false)]
    [Trait("Row", "B2")]
    public async Task Calls_OfAUserWithoutTheRight_FailWithAuthentication(string rights, bool isReadRefused)
    {
        using var server = Launch();
        await using (var raw = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString))
        {
            await raw.GetDatabase().ExecuteAsync("ACL", ["SETUSER", "limited", "on", ">right", .. rights.Split(' ')]);
        }

        await using var store = new TestStore(server.ConnectionString + ",user=limited,password=right");

        var read = await store.Store.ReadAsync(NewKey(), Cancel);
        var written = await store.Store.WriteAsync([Writes.Value(NewKey(), 1, [1], Now)], Cancel);

        // Without GET the mark of the prefix is not read, so nothing is written either.
        Assert.Equal(isReadRefused ? StoreFailureKind.Authentication : null, read.Failure?.Kind);
        Assert.True(
            written[0].Failure?.Kind == StoreFailureKind.Authentication, $"It is {written[0].Failure?.Exception}.");
        Assert.Equal(StoreFailureKind.Authentication, (await store.Store.ProbeAsync(Cancel))?.Kind);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_WithTooManyClients_FailAndCountAgainstHealth()
    {
        using var server = Launch("--maxclients", "2");
        await using var first = new TestStore(server.ConnectionString);
        await Eventually.TrueAsync(
            async () => (await first.Store.ReadAsync(NewKey(), Cancel)).Status == StoreReadStatus.Missing,
            "the first client is connected");
        await using var second = new TestStore(server.ConnectionString);

        var read = await second.Store.ReadAsync(NewKey(), Cancel);

        // The server closes the connection right after its reply, so the reply is not always read.
        Assert.True(read.Failure!.CountsAgainstHealth);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_WhileTheServerLoadsItsData_FailWithLoading()
    {
        using var server = Launch("--key-load-delay", "100000", "--loading-process-events-interval-bytes", "1024");
        await using (var raw = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true"))
        {
            // Loading them takes ten seconds, unless the test ends before.
            for (var i = 0; i < 100; i++)
            {
                await raw.GetDatabase().StringSetAsync($"{i}", new string('x', 2000 + i));
            }

            await raw.GetDatabase().ExecuteAsync("CONFIG", "SET", "rdbcompression", "no");
            await raw.GetDatabase().ExecuteAsync("SAVE");
        }

        server.Restart();
        await using var store = new TestStore(server.ConnectionString);

        await Eventually.TrueAsync(
            async () => (await store.Store.ReadAsync(NewKey(), Cancel)).Failure is { Kind: StoreFailureKind.Loading },
            "the server reports that it is loading");
        Assert.Equal(StoreFailureKind.Loading, (await store.Store.ProbeAsync(Cancel))!.Kind);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_ToAClusterWithoutItsSlots_FailWithClusterDown()
    {
        using var server = Launch("--cluster-enabled", "yes");
        await using var store = new TestStore(server.ConnectionString);

        Assert.Equal(
            StoreFailureKind.ClusterDown, (await store.Store.ReadAsync(NewKey(), Cancel)).Failure!.Kind);
        Assert.Equal(StoreFailureKind.ClusterDown, (await store.Store.ProbeAsync(Cancel))!.Kind);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_ToAReplicaThatHasLostItsMaster_FailWithClusterDown()
    {
        using var server = Launch(
            "--replicaof", "127.0.0.1", $"{FreePort.Next()}", "--replica-serve-stale-data", "no");
        await using var store = new TestStore(server.ConnectionString);

        Assert.Equal(
            StoreFailureKind.ClusterDown, (await store.Store.ReadAsync(NewKey(), Cancel)).Failure!.Kind);
        Assert.True((await store.Store.ProbeAsync(Cancel))!.CountsAgainstHealth);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Writes_ToADemotedPrimary_FailWithConnection()
    {
        using var server = Launch();
        await using var store = new TestStore(server.ConnectionString);
        var write = Writes.Value(NewKey(), 1, [1], Now);
        Assert.Equal(StoreWriteResult.Applied, (await store.Store.WriteAsync([write], Cancel))[0]);
        var raw = await store.RawAsync();

        await raw.ExecuteAsync("REPLICAOF", "127.0.0.1", $"{FreePort.Next()}");
        var refused = Writes.Tombstone(write.Key, 2, Now);
        var failure = (await store.Store.WriteAsync([refused], Cancel))[0].Failure!;
        Assert.Equal(StoreFailureKind.Connection, failure.Kind);
        Assert.Equal(StoreFailureKind.Connection, (await store.Store.ProbeAsync(Cancel))!.Kind);
        Assert.Equal(StoreReadStatus.Found, (await store.Store.ReadAsync(write.Key, Cancel)).Status);

        await raw.ExecuteAsync("REPLICAOF", "NO", "ONE");
        Assert.Equal(StoreWriteResult.Applied, (await store.Store.WriteAsync([refused], Cancel))[0]);
        Assert.Null(await store.Store.ProbeAsync(Cancel));
    }

    protected override OwnServer LaunchOwn()
    {
        var server = Launch();
        return new(server.ConnectionString, server.Start, server.Stop, server);
    }

    private static RedisServer Launch(params string[] arguments) =>
        RedisServer.TryLaunch(arguments) ?? throw new InvalidOperationException("redis-server is no longer there.");

    public sealed class Fixture : IDisposable
    {
        public RedisServer? Server { get; } = RedisServer.TryLaunch();

        public void Dispose() => Server?.Dispose();
    }
}

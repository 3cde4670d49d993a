using System.Diagnostics;
using CacheOrleans.Storage;
using CacheOrleans.Testing;

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
            "it is written");

        server.Pause();
        var start = Stopwatch.GetTimestamp();
        Assert.Equal(StoreFailureKind.Timeout, (await store.Store.ReadAsync(write.Key, Cancel)).Failure!.Kind);
        var written = await store.Store.WriteAsync([write, write], Cancel);
        Assert.All(written, result => Assert.Equal(StoreFailureKind.Timeout, result.Failure!.Kind));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(10));

        server.Resume();
        await Eventually.TrueAsync(
            async () => (await store.Store.ReadAsync(write.Key, Cancel)).Status == StoreReadStatus.Found,
            "the server answers again");
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_WithoutMemory_FailWithOutOfMemory()
    {
        using var server = Launch("--maxmemory", "2mb", "--maxmemory-policy", "noeviction");
        await using var store = new TestStore(server.ConnectionString);
        var fill = Enumerable.Range(0, 8).Select(_ => Writes.Value(NewKey(), 1, new byte[1024 * 1024], Now));

        var results = await store.Store.WriteAsync([.. fill], Cancel);

        Assert.Equal(StoreFailureKind.OutOfMemory, results[^1].Failure!.Kind);
        Assert.Equal(StoreReadStatus.Missing, (await store.Store.ReadAsync(NewKey(), Cancel)).Status);
        Assert.Equal([2001], store.Logger.Events);
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
            "the refusal is told");
        Assert.Equal(
            StoreFailureKind.Authentication,
            (await store.Store.WriteAsync([Writes.Value(NewKey(), 1, [1], Now)], Cancel))[0].Failure!.Kind);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_WithTooManyClients_FailWithATargetFailure()
    {
        using var server = Launch("--maxclients", "2");
        await using var first = new TestStore(server.ConnectionString);
        Assert.Equal(StoreReadStatus.Missing, (await first.Store.ReadAsync(NewKey(), Cancel)).Status);
        await using var second = new TestStore(server.ConnectionString);

        var read = await second.Store.ReadAsync(NewKey(), Cancel);

        Assert.True(read.Failure!.IsTarget);
    }

    protected override OwnServer LaunchOwn()
    {
        var server = Launch();
        return new(server.ConnectionString, server.Start, server.Stop, server);
    }

    private static RedisServer Launch(params string[] arguments) =>
        RedisServer.TryLaunch(arguments) ?? throw new InvalidOperationException("redis-server has gone.");

    public sealed class Fixture : IDisposable
    {
        public RedisServer? Server { get; } = RedisServer.TryLaunch();

        public void Dispose() => Server?.Dispose();
    }
}

using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.Store;

/// <summary>Calls to a healthy Redis from a process without free threads; other tests would not have any either.
/// </summary>
[Collection(nameof(StarvedGroup))]
public sealed class StarvedStoreTests
{
    /// <summary>Long enough for a Redis on a busy machine: if Redis itself exceeded the limit, that would be a genuine
    /// timeout.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = Limit * 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Calls_ProcessHasNoFreeThread_FailWithStarved()
    {
        using var server = RedisServer.TryLaunch();
        Assert.SkipWhen(server is null, "There is no redis-server on this machine.");
        await using var store = new TestStore(
            server.ConnectionString, options: new() { ReadTimeout = Limit, WriteTimeout = Limit });
        var raw = await store.RawAsync();
        await Eventually.TrueAsync(
            async () => (await store.Store.ReadAsync(Writes.Key("1"), Cancel)).Failure is null, "Redis is reached");

        await raw.ExecuteAsync("CLIENT", "PAUSE", "100", "ALL"); // well within the limit
        var reads = Enumerable.Range(0, 200)
            .Select(number => store.Store.ReadAsync(Writes.Key($"{number}"), Cancel).AsTask()).ToList();
        var write = store.Store.WriteAsync([Writes.Value(Writes.Key("1"), 1, [1], Now)], Cancel).AsTask();
        Starve();

        var results = await Task.WhenAll(reads);
        Assert.All(results, result => Assert.True(
            result.Failure?.Kind is null or StoreFailureKind.Starved, $"{result.Failure}"));
        Assert.True((await write)[0].Failure?.Kind is null or StoreFailureKind.Starved, $"{(await write)[0].Failure}");
        Assert.Contains(results, result => result.Failure is { Kind: StoreFailureKind.Starved });
        Assert.Equal([2003], store.Starved.Events());
        Assert.Empty(store.Logger.Events());
        Assert.True(store.Meters.Sum("cacheorleans.redis.failures/read/user/Starved") > 0);
        Assert.Null(await store.Store.ProbeAsync(Cancel));
    }

    /// <summary>Blocks all threads of the pool, and those that it adds, for a while.</summary>
    private static void Starve()
    {
        var end = new ManualResetEventSlim();
        for (var i = 0; i < 200; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static end => end.Wait(), end, preferLocal: false);
        }

        // This blocks the current thread too.
        end.Wait(Pause, CancellationToken.None);
        end.Set();
    }
}

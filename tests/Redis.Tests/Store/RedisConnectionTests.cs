using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Tests.Store;

/// <summary>What the driver itself does when Redis fails (docs/decisions/0017), with a Redis that has no memory for any
/// write.</summary>
public sealed class RedisConnectionTests : IDisposable
{
    private readonly RedisServer _server;

    public RedisConnectionTests()
    {
        var server = RedisServer.TryLaunch("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        Assert.SkipWhen(server is null, "There is no redis-server on this machine.");
        _server = server;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_WhileRedisIsDown_FailsAtOnce()
    {
        var limit = TimeSpan.FromMinutes(1);
        await using var store = new TestStore(
            _server.ConnectionString, options: new() { ReadTimeout = limit, WriteTimeout = limit });
        Assert.Equal(StoreFailureKind.OutOfMemory, (await store.Store.ProbeAsync(Cancel))!.Kind);
        _server.Stop();
        await Eventually.TrueAsync(
            async () => (await store.Store.ProbeAsync(Cancel))!.Kind == StoreFailureKind.Connection,
            "the lost connection is noticed");

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 100; i++)
        {
            var read = await store.Store.ReadAsync(Writes.Key($"{i}"), Cancel);
            Assert.Equal(StoreFailureKind.Connection, read.Failure!.Kind);
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < limit / 2, "Commands waited for a connection.");
    }

    [Fact]
    public async Task Command_HasFailed_IsNotSentAgain()
    {
        await using var raw = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString + ",allowAdmin=true");
        await using var store = new TestStore(
            _server.ConnectionString, options: new() { WriteTimeout = TimeSpan.FromMilliseconds(500) });
        await store.Store.WriteAsync(Batch(1), Cancel);
        var before = await WritesSeenAsync(raw);

        var refused = await store.Store.WriteAsync(Batch(8), Cancel);
        Assert.All(refused, result => Assert.Equal(StoreFailureKind.OutOfMemory, result.Failure!.Kind));

        // Its caller gives up while the server is paused; the server still runs the command when it resumes.
        _server.Pause();
        var late = await store.Store.WriteAsync(Batch(1), Cancel);
        Assert.Equal(StoreFailureKind.Timeout, late[0].Failure!.Kind);
        _server.Resume();
        await Eventually.TrueAsync(async () => await WritesSeenAsync(raw) >= before + 9, "the command is run");

        await store.Store.WriteAsync(Batch(1), Cancel);
        Assert.Equal(before + 10, await WritesSeenAsync(raw));
    }

    [Fact]
    public async Task Connection_ManyCommandsFail_IsKept()
    {
        await using var raw = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString + ",allowAdmin=true");
        await using var store = new TestStore(_server.ConnectionString);
        await store.Store.WriteAsync(Batch(1), Cancel);
        var before = await ConnectionsAsync(raw);

        // More than the driver's own breaker would tolerate if it were on: 1000 in two seconds.
        for (var i = 0; i < 20; i++)
        {
            Assert.All(
                await store.Store.WriteAsync(Batch(500), Cancel),
                result => Assert.Equal(StoreFailureKind.OutOfMemory, result.Failure!.Kind));
        }

        Assert.Equal(StoreReadStatus.Missing, (await store.Store.ReadAsync(Writes.Key("none"), Cancel)).Status);
        Assert.Equal(before, await ConnectionsAsync(raw));
    }

    public void Dispose() => _server?.Dispose();

    private static StoreWrite[] Batch(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        return [.. Enumerable.Range(0, count).Select(i => Writes.Value(Writes.Key($"{i}"), 1, [1], now))];
    }

    private static Task<long> WritesSeenAsync(ConnectionMultiplexer raw) =>
        SumAsync(raw, "commandstats", "cmdstat_eval(sha)?:calls=([0-9]+)");

    private static Task<long> ConnectionsAsync(ConnectionMultiplexer raw) =>
        SumAsync(raw, "stats", "total_connections_received:([0-9]+)");

    private static async Task<long> SumAsync(ConnectionMultiplexer raw, string section, string number)
    {
        var info = (string)(await raw.GetDatabase().ExecuteAsync("INFO", section))!;
        return Regex.Matches(info, number)
            .Sum(match => long.Parse(match.Groups[^1].Value, CultureInfo.InvariantCulture));
    }
}

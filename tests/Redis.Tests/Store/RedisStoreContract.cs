using System.Diagnostics;
using CacheOrleans.Definitions;
using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Tests.Store;

/// <summary>What the store does with every kind of Redis, if it is healthy, holds unexpected data or is down.</summary>
public abstract class RedisStoreContract : BackingStoreContract, IAsyncDisposable
{
    private readonly Lazy<TestStore> _store;

    protected RedisStoreContract() => _store = new(() => new(ConnectionString));

    /// <summary>The connection string of a server that many tests share.</summary>
    protected abstract string ConnectionString { get; }

    protected override IBackingStore Store => _store.Value.Store;

    [Theory]
    [InlineData("")]
    [InlineData("{\"json\":true}")]
    [InlineData("\u00C0CO and something longer than a header, to look more like one")]
    public async Task Read_ForeignValue_IsUnreadableAndOverwritten(string foreign)
    {
        var key = NewKey();
        var raw = await _store.Value.RawAsync();
        await raw.StringSetAsync("cache:" + key.Text, foreign);

        Assert.Equal(StoreReadStatus.Unreadable, (await Store.ReadAsync(key, Cancel)).Status);
        Assert.Equal(1, _store.Value.Meters.Sum("cacheorleans.redis.unreadable/user"));

        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(Writes.Value(key, 1, [1], Now)));
        Assert.Equal(StoreReadStatus.Found, (await Store.ReadAsync(key, Cancel)).Status);
    }

    [Fact]
    public async Task Write_OverALaterFormat_StillHonorsItsStamp()
    {
        var key = NewKey();
        var later = Envelope.Encode(Writes.Value(key, 9, [1], Now).Record);
        later[3] = 3;
        await (await _store.Value.RawAsync()).StringSetAsync("cache:" + key.Text, later);

        Assert.Equal(StoreReadStatus.Unreadable, (await Store.ReadAsync(key, Cancel)).Status);
        Assert.Equal(StoreWriteResult.Superseded(new(9)), await WriteAsync(Writes.Value(key, 8, [1], Now)));
        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(Writes.Value(key, 10, [1], Now)));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(253_402_300_799_999_999)]
    public async Task Read_StampFarAhead_IsUnreadableAndOverwritten(long stamp)
    {
        var key = NewKey();
        var wild = Envelope.Encode(Writes.Value(key, stamp, [1], Now).Record);
        await (await _store.Value.RawAsync()).StringSetAsync("cache:" + key.Text, wild);

        Assert.Equal(StoreReadStatus.Unreadable, (await Store.ReadAsync(key, Cancel)).Status);
        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(Writes.Value(key, 5, [2], Now)));
        Assert.Equal(new Stamp(5), (await Store.ReadAsync(key, Cancel)).Record!.Stamp);
        Assert.Equal(StoreWriteResult.Superseded(new(5)), await WriteAsync(Writes.Value(key, 4, [3], Now)));
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("count of tags")]
    [InlineData("length of a tag")]
    [InlineData("life")]
    [InlineData("sliding life")]
    public async Task Read_RecordBeyondALimit_IsUnreadableAndOverwritten(string limit)
    {
        var key = NewKey();
        var plain = Writes.Value(key, 5, [1], Now).Record;
        var tooLong = Now + CacheDefinition.MaxTimeToLive + TimeSpan.FromMinutes(1);
        var beyond = limit switch
        {
            "bytes" => plain with { Value = new byte[(1024 * 1024) + 1] },
            "count of tags" => plain with { Tags = [.. Enumerable.Range(0, 65).Select(i => $"tag{i}")] },
            "length of a tag" => plain with { Tags = [new string('t', 257)] },
            "life" => plain with { ExpiresAt = tooLong },
            _ => plain with { Sliding = new(TimeSpan.FromMinutes(5), tooLong) },
        };
        await (await _store.Value.RawAsync()).StringSetAsync("cache:" + key.Text, Envelope.Encode(beyond));

        var read = await Store.ReadAsync(key, Cancel);
        Assert.Equal((StoreReadStatus.Unreadable, null), (read.Status, read.Record));
        Assert.NotNull(read.Problem);
        Assert.Equal(1, _store.Value.Meters.Sum("cacheorleans.redis.unreadable/user"));

        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(Writes.Value(key, 6, [1], Now)));
        Assert.Equal(StoreReadStatus.Found, (await Store.ReadAsync(key, Cancel)).Status);
    }

    [Fact]
    public async Task Read_ValueOverALoweredLimit_IsUnreadable()
    {
        await using var store = new TestStore(ConnectionString, limits: new() { MaxValueBytes = 3 });
        var (small, large) = (Writes.Value(NewKey(), 5, [1, 2, 3], Now), Writes.Value(NewKey(), 5, [1, 2, 3, 4], Now));
        await Store.WriteAsync([small, large], Cancel);

        Assert.Equal(StoreReadStatus.Found, (await store.Store.ReadAsync(small.Key, Cancel)).Status);
        var read = await store.Store.ReadAsync(large.Key, Cancel);
        Assert.Equal(StoreReadStatus.Unreadable, read.Status);
        Assert.Contains("Limits:MaxValueBytes", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_OnAKeyOfAnotherType_FailWithOther()
    {
        var key = NewKey();
        var well = Writes.Value(NewKey(), 1, [1], Now);
        await (await _store.Value.RawAsync()).HashSetAsync("cache:" + key.Text, "field", 1);

        Assert.Equal(StoreFailureKind.Other, (await Store.ReadAsync(key, Cancel)).Failure!.Kind);
        var results = await Store.WriteAsync([Writes.Value(key, 1, [1], Now), well], Cancel);

        Assert.Equal(StoreFailureKind.Other, results[0].Failure!.Kind);
        Assert.Equal(StoreWriteResult.Applied, results[1]);
        Assert.Equal(1, _store.Value.Meters.Sum("cacheorleans.redis.failures/write/user/Other"));
        Assert.Empty(_store.Value.Logger.Events());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3650 * 24 * 60)] // more milliseconds than 32 bits hold
    [Trait("Row", "W3")]
    public async Task Write_SetsTheTimeToLive(int minutes)
    {
        var write = Writes.Value(NewKey(), 1, [1], Now, TimeSpan.FromMinutes(minutes));
        await WriteAsync(write);

        var left = await (await _store.Value.RawAsync()).KeyTimeToLiveAsync("cache:" + write.Key.Text);

        Assert.InRange(left!.Value, TimeSpan.FromMinutes(minutes - 1), TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public async Task Write_AfterScriptsWereFlushed_IsApplied()
    {
        Assert.Equal(StoreWriteResult.Applied, await WriteAsync(Writes.Value(NewKey(), 1, [1], Now)));
        await (await _store.Value.RawAsync()).ExecuteAsync("SCRIPT", "FLUSH");

        var results = await Store.WriteAsync(
            [.. Enumerable.Range(0, 100).Select(_ => Writes.Value(NewKey(), 1, [1], Now))], Cancel);

        Assert.All(results, result => Assert.Equal(StoreWriteResult.Applied, result));
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_WhileTheServerIsDown_FailWithConnectionAndRecover()
    {
        using var server = LaunchOwn();
        await using var store = new TestStore(server.ConnectionString);
        var write = Writes.Value(NewKey("first"), 1, [1], Now);
        var another = Writes.Value(NewKey("first"), 1, [1], Now);
        StoreWrite[] batch = [write, another, Writes.Value(NewKey("second"), 1, [1], Now)];
        Assert.Equal(StoreWriteResult.Applied, (await store.Store.WriteAsync([write], Cancel))[0]);

        server.Stop();
        await Eventually.TrueAsync(
            async () => (await store.Store.ReadAsync(write.Key, Cancel)).Failure?.Kind == StoreFailureKind.Connection,
            "the lost connection is noticed");
        var start = Stopwatch.GetTimestamp();
        var failed = await store.Store.WriteAsync(batch, Cancel);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2), "The call did not fail at once.");
        Assert.All(failed, result => Assert.Equal(StoreFailureKind.Connection, result.Failure!.Kind));
        Assert.Equal(1, store.Meters.Sum("cacheorleans.redis.failures/write/first/Connection"));
        Assert.Equal(1, store.Meters.Sum("cacheorleans.redis.failures/write/second/Connection"));

        server.Start();
        await Eventually.TrueAsync(
            async () => (await store.Store.WriteAsync([write], Cancel))[0] == StoreWriteResult.Applied,
            "the connection is back");
        Assert.Equal(StoreReadStatus.Found, (await store.Store.ReadAsync(write.Key, Cancel)).Status);
        Assert.Equal([2001, 2001, 2002, 2002], store.Logger.Events().Order());
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Calls_BeforeTheServerStarts_FailAndLaterSucceed()
    {
        using var server = LaunchOwn();
        server.Stop();
        await using var store = new TestStore(server.ConnectionString);
        Assert.Equal(StoreFailureKind.Connection, (await store.Store.ReadAsync(NewKey(), Cancel)).Failure!.Kind);
        Assert.Equal(StoreFailureKind.Connection, (await store.Store.ProbeAsync(Cancel))!.Kind);

        server.Start();
        await Eventually.TrueAsync(
            async () => (await store.Store.ReadAsync(NewKey(), Cancel)).Status == StoreReadStatus.Missing,
            "the server is found");
        Assert.Null(await store.Store.ProbeAsync(Cancel));
    }

    [Fact]
    public async Task Probe_LeavesAKeyThatExpires()
    {
        await Store.ProbeAsync(Cancel);

        var left = await (await _store.Value.RawAsync()).KeyTimeToLiveAsync("cache:probe");

        Assert.True(left is null || left < TimeSpan.FromMinutes(1), $"The probe's key stays for {left}.");
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Probe_OverAKeyOfAnotherType_FindsNothing()
    {
        using var server = LaunchOwn();
        await using var store = new TestStore(server.ConnectionString);
        await (await store.RawAsync()).HashSetAsync("cache:probe", "field", 1);

        Assert.Null(await store.Store.ProbeAsync(Cancel));
    }

    [Fact]
    [Trait("Row", "B2")]
    public async Task Probe_WhileTheServerIsDown_FailsWithConnection()
    {
        using var server = LaunchOwn();
        await using var store = new TestStore(server.ConnectionString);
        Assert.Null(await store.Store.ProbeAsync(Cancel));

        server.Stop();
        await Eventually.TrueAsync(
            async () => (await store.Store.ProbeAsync(Cancel))?.Kind == StoreFailureKind.Connection,
            "the lost connection is noticed");

        server.Start();
        await Eventually.TrueAsync(async () => await store.Store.ProbeAsync(Cancel) is null, "the server is back");
    }

    [Fact]
    public async Task Write_FromTwoConnections_LeavesTheHighestStamp()
    {
        await using var other = new TestStore(ConnectionString);
        var keys = Enumerable.Range(0, 20).Select(_ => NewKey()).ToArray();
        var now = Now;
        Task[] writers = [.. new[] { Store, other.Store }.Select((store, half) => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var stamp = (i * 37 % 101 * 2) + half;
                await store.WriteAsync([.. keys.Select(key => Writes.Value(key, stamp, [1], now))], Cancel);
            }
        }))];
        await Task.WhenAll(writers);

        var highest = Enumerable.Range(0, 100).Max(i => i * 37 % 101 * 2) + 1;
        foreach (var key in keys)
        {
            Assert.Equal(new Stamp(highest), (await Store.ReadAsync(key, Cancel)).Record!.Stamp);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store.IsValueCreated)
        {
            await _store.Value.DisposeAsync();
        }
    }

    /// <summary>Starts a server for one test, which may stop it.</summary>
    protected abstract OwnServer LaunchOwn();
}

using System.Diagnostics;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Reads;

/// <summary>A call that begins after a change does not share a load that began before the change.</summary>
public sealed class SharedLoadTests(SharedCluster shared) : IClassFixture<SharedCluster>, IAsyncLifetime
{
    private static readonly CacheCallOptions NoCopy = new() { NearLease = TimeSpan.Zero, Tags = ["red"] };
    private static readonly CacheCallOptions Copy = new() { Tags = ["red"] };

    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private readonly CacheCluster _cluster = shared.Cluster;
    private ICacheClient _loading = null!;
    private ICacheClient _waiting = null!;
    private ICacheClient _changing = null!;

    public ValueTask InitializeAsync()
    {
        _loading = _cluster.Join().Client;
        _waiting = _cluster.Join().Client;
        _changing = _cluster.Join().Client;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _cluster.LeaveAsync();

    [Theory]
    [InlineData("set")]
    [InlineData("remove")]
    [InlineData("expire")]
    [InlineData("tag")]
    public async Task Call_AfterAChangeWithoutCopies_NeverReturnsTheOldValue(string change)
    {
        for (var key = 1; key <= 16; key++)
        {
            var old = new Load<string>();
            var (mine, theirs) = await BeginAsync(key, old, NoCopy);
            await ChangeAsync(change, key);

            // In the process that loads, and in one that waits for it.
            foreach (var client in new[] { _loading, _waiting })
            {
                Assert.Equal("new", await ReadAsync(client, key, NoCopy));
            }

            old.Return("old");
            Assert.Equal("old", await mine);
            Assert.Contains(await theirs, new[] { "old", "new" }); // it may have asked the owner again in the meantime
            Assert.Equal("new", await ReadAsync(_loading, key, NoCopy));
        }
    }

    [Theory]
    [InlineData("set")]
    [InlineData("remove")]
    [InlineData("tag")]
    public async Task Call_AfterAChangeWithCopies_ReturnsTheNewValueOnceNotified(string change)
    {
        for (var key = 1; key <= 4; key++)
        {
            var old = new Load<string>();
            var (mine, theirs) = await BeginAsync(key, old, Copy);
            await ChangeAsync(change, key);

            foreach (var client in new[] { _loading, _waiting })
            {
                await Eventually.TrueAsync(() => IsNewAsync(client, key), "the process is notified");
            }

            old.Return("old");
            Assert.Equal("old", await mine);
            Assert.Contains(await theirs, new[] { "old", "new" });
        }
    }

    [Fact]
    public async Task Calls_ManyWithoutCopies_ShareOneLoadAndFewRequests()
    {
        var load = new Load<string>();
        var (mine, _) = await BeginAsync(1, load, NoCopy);
        var (before, start) = (_cluster.Gate.Requests, Stopwatch.GetTimestamp());

        // These callers come while a request is pending: a request that is answered at once is followed by the next.
        _cluster.Gate.Close(_cache.Key(1).Text);
        var crowd = Enumerable.Range(0, 500).Select(_ => ReadAsync(_loading, 1, NoCopy, load)).ToList();
        await Eventually.TrueAsync(() => _cluster.Gate.Requests > before, "the owner is asked");
        _cluster.Gate.Open(_cache.Key(1).Text);
        load.Return("value");

        Assert.All(await Task.WhenAll(crowd.Append(mine)), value => Assert.Equal("value", value));
        Assert.Equal(1, load.Runs);

        // On a busy machine there are more requests: one that is not answered within 10 ms is repeated.
        var late = (int)(Stopwatch.GetElapsedTime(start) / TimeSpan.FromMilliseconds(10));
        Assert.InRange(_cluster.Gate.Requests - before, 1, 50 + late);
    }

    [Fact]
    public async Task FailingLoad_WithoutCopies_FailsTheCallersThatJoinedIt()
    {
        var load = new Load<string>();
        var (mine, theirs) = await BeginAsync(1, load, NoCopy);
        var asked = _cluster.Gate.Requests;
        var later = ReadAsync(_loading, 1, NoCopy, load);
        await Eventually.TrueAsync(() => _cluster.Gate.Requests > asked, "the later caller has asked");
        load.Throw(new TroubleException("the database is on fire"));

        foreach (var caller in new[] { mine, theirs, later })
        {
            await Assert.ThrowsAsync<TroubleException>(() => caller);
        }

        Assert.Equal(1, load.Runs);
    }

    [Fact]
    public async Task RegisteredLoader_FallbackOfAClientRuns_SharesItsLoad()
    {
        var load = new Load<string>();
        var mine = _loading.GetWithFallbackAsync(
            TestCaches.Greeting, "slow", load, static (load, token) => load.RunAsync(0, token)).AsTask();
        await Eventually.TrueAsync(() => load.Runs == 1, "the client loads");

        var others = new[]
        {
            _waiting.GetAsync(TestCaches.Greeting, "slow").AsTask(),
            _changing.GetAsync(TestCaches.Greeting, "slow").AsTask(),
        };
        var grain = _cluster.Silos.Client.GetGrain<ICacheEntryGrain>(TestCaches.Greeting.Key("slow").Text);
        var byGrain = grain.GetAsync();
        await Eventually.TrueAsync(
            () => _cluster.Gate.Asked(TestCaches.Greeting.Key("slow").Text) == 3, "all clients have asked");
        Assert.DoesNotContain(others, other => other.IsCompleted);
        load.Return("by the client");

        Assert.Equal("by the client", await mine);
        Assert.All(await Task.WhenAll(others), value => Assert.Equal("by the client", value));
        Assert.Equal("by the client"u8.ToArray(), (await byGrain).Value);
    }

    [Fact]
    public async Task RegisteredLoader_FallbackOfAClientFails_Runs()
    {
        var load = new Load<string>();
        var mine = _loading.GetWithFallbackAsync(
            TestCaches.Greeting, "ada", load, static (load, token) => load.RunAsync(0, token)).AsTask();
        await Eventually.TrueAsync(() => load.Runs == 1, "the client loads");
        var other = _waiting.GetAsync(TestCaches.Greeting, "ada").AsTask();
        var grain = _cluster.Silos.Client.GetGrain<ICacheEntryGrain>(TestCaches.Greeting.Key("ada").Text);
        var byGrain = grain.GetAsync();
        await Eventually.TrueAsync(
            () => _cluster.Gate.Asked(TestCaches.Greeting.Key("ada").Text) == 2, "the other client waits");
        load.Throw(new TroubleException("no"));

        await Assert.ThrowsAsync<TroubleException>(() => mine);
        Assert.Equal("hello ada", await other);
        Assert.Equal("hello ada"u8.ToArray(), (await byGrain).Value);
    }

    /// <summary>Lets one process load the value and another wait for it; the other's own fallback would load the new
    /// value.</summary>
    private async Task<(Task<string?> Mine, Task<string?> Theirs)> BeginAsync(
        int key, Load<string> load, CacheCallOptions options)
    {
        var mine = ReadAsync(_loading, key, options, load);
        await Eventually.TrueAsync(() => load.Runs == 1, "the value is being loaded");
        var asked = _cluster.Gate.Requests;
        var theirs = ReadAsync(_waiting, key, options);
        await Eventually.TrueAsync(() => _cluster.Gate.Requests > asked, "the other process waits");
        return (mine, theirs);
    }

    private async Task ChangeAsync(string change, int key)
    {
        switch (change)
        {
            case "set":
                await _changing.SetAsync(_cache, key, "new");
                break;
            case "remove":
                Assert.Equal(WriteOutcome.Applied, await _changing.RemoveAsync(_cache, key));
                break;
            case "expire":
                Assert.Equal(WriteOutcome.Applied, await _changing.ExpireAsync(_cache, key));
                break;
            default:
                await _changing.RemoveByTagAsync("red");
                break;
        }
    }

    /// <summary>Reads with a fallback that returns the new value immediately. A call that still shares the old load
    /// would wait for it, and times out.</summary>
    private async Task<bool> IsNewAsync(ICacheClient client, int key)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            return await client.GetWithFallbackAsync(_cache, key, NewAsync, Copy, timeout.Token) == "new";
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Task<string?> ReadAsync(
        ICacheClient client, int key, CacheCallOptions options, Load<string>? load = null) =>
        client.GetWithFallbackAsync(_cache, key, load is null ? NewAsync : load.RunAsync, options).AsTask();

    private static ValueTask<string?> NewAsync(int key, CancellationToken token) => new("new");
}

using System.Collections.Concurrent;
using System.Diagnostics;
using CacheOrleans.Client.Tests.Blocked;
using CacheOrleans.Client.Tests.Reads;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Batches;

public sealed class BatchReadTests : IAsyncLifetime
{
    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private readonly ConcurrentQueue<IReadOnlyList<int>> _loads = new();
    private CacheCluster _cluster = null!;
    private ICacheClient _client = null!;
    private ICacheClient _other = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync(silos: 2);
        _client = _cluster.Join().Client;
        _other = _cluster.Join().Client;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetManyAsync_CacheWithALoader_RunsTheLoader()
    {
        var found = await _client.GetManyAsync(TestCaches.Greeting, ["a", "b", "nobody", "a"]);
        Assert.Equal(2, found.Count);
        Assert.Equal("hello b", found["b"]);

        var error = await Assert.ThrowsAsync<CacheFallbackException>(
            async () => await _client.GetManyAsync(TestCaches.Greeting, ["c", "trouble"]));
        Assert.Equal("the greeter is ill", error.InnerException!.Message);
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_SomeKeysMissing_LoadsThemInOneCall()
    {
        await _other.SetAsync(_cache, 1, "one");
        await _client.SetAsync(_cache, 2, "two");
        Assert.Equal("two", await _client.GetAsync(_cache, 2));

        var found = await _client.GetManyWithFallbackAsync(_cache, [1, 2, 3, 4, 4, -5, 3], LoadAsync);

        Assert.Equal(["one", "two", "loaded 3", "loaded 4"], new[] { 1, 2, 3, 4 }.Select(key => found[key]));
        Assert.Equal(4, found.Count);
        Assert.Equal([-5, 3, 4], Assert.Single(_loads).Order());

        Assert.Equal(4, (await _client.GetManyWithFallbackAsync(_cache, [1, 2, 3, 4, -5], LoadAsync)).Count);
        Assert.Equal(4, (await _other.GetManyWithFallbackAsync(_cache, [1, 2, 3, 4, -5], LoadAsync)).Count);
        Assert.Equal("loaded 3", await _other.GetAsync(_cache, 3));
        Assert.Single(_loads);
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_TenThousandKeys_LoadsEachOnce()
    {
        int[] keys = [.. Enumerable.Range(0, 10_000)];

        foreach (var client in new[] { _client, _other })
        {
            var found = await client.GetManyWithFallbackAsync(_cache, keys, LoadAsync);
            Assert.Equal(10_000, found.Count);
            Assert.All(keys, key => Assert.Equal($"loaded {key}", found[key]));
        }

        Assert.Equal(10_000, _loads.Sum(load => load.Count));
        Assert.Empty(await _client.GetManyWithFallbackAsync(_cache, [], LoadAsync));
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_OverlappingBatches_LoadsEachKeyOnce()
    {
        var mine = _client.GetManyWithFallbackAsync(_cache, [.. Enumerable.Range(0, 60)], LoadAsync).AsTask();
        var theirs = _other.GetManyWithFallbackAsync(_cache, [.. Enumerable.Range(40, 60)], LoadAsync).AsTask();

        Assert.Equal(60, (await mine).Count);
        Assert.Equal("loaded 50", (await theirs)[50]);
        Assert.Equal(100, _loads.Sum(load => load.Count));
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_KeyLoadedByAnotherClient_WaitsForThatLoad()
    {
        var load = new Load<string>();
        var single = _other.GetWithFallbackAsync(_cache, 1, load.RunAsync).AsTask();
        await Eventually.TrueAsync(() => load.Runs == 1, "the other client loads key 1");

        var many = _client.GetManyWithFallbackAsync(_cache, [1, 2], LoadAsync).AsTask();
        await Eventually.TrueAsync(() => _loads.Count == 1, "the batch loads the other key");
        load.Return("theirs");

        Assert.Equal("theirs", await single);
        Assert.Equal("theirs", (await many)[1]);
        Assert.Equal([2], Assert.Single(_loads));
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_FallbackFails_FailsForAllCallers()
    {
        var release = new TaskCompletionSource();
        var isLoading = false;
        async ValueTask<IReadOnlyDictionary<int, string>> FailAsync(IReadOnlyList<int> keys, CancellationToken stopping)
        {
            isLoading = true;
            await release.Task;
            throw new TroubleException("all of them");
        }

        await _cluster.DeclareAsync(_cache, 2);
        var many = _client.GetManyWithFallbackAsync(_cache, [1, 2, 3], FailAsync).AsTask();
        await Eventually.TrueAsync(() => isLoading, "the batch is being loaded");
        var load = new Load<string>();
        var single = _other.GetWithFallbackAsync(_cache, 2, load.RunAsync).AsTask();
        await Eventually.TrueAsync(() => _cluster.Gate.Asked(_cache.Key(2).Text) == 2, "the other client waits");
        release.SetResult();

        await Assert.ThrowsAsync<TroubleException>(() => many);
        await Assert.ThrowsAsync<TroubleException>(() => single);
        Assert.Equal(0, load.Runs);
        Assert.Equal(3, (await _client.GetManyWithFallbackAsync(_cache, [1, 2, 3], LoadAsync)).Count);
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_FallbackOutlastsALease_RenewsTheLeases()
    {
        var release = new TaskCompletionSource();
        async ValueTask<IReadOnlyDictionary<int, string>> SlowAsync(IReadOnlyList<int> keys, CancellationToken stopping)
        {
            var loaded = await LoadAsync(keys, stopping);
            await release.Task;
            return loaded;
        }

        var many = _client.GetManyWithFallbackAsync(_cache, [1, 2], SlowAsync).AsTask();
        await Eventually.TrueAsync(() => _loads.Count == 1, "the batch is being loaded");
        var load = new Load<string>();
        var single = _other.GetWithFallbackAsync(_cache, 2, load.RunAsync).AsTask();
        var start = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(() => Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(5), "5 s have passed");
        release.SetResult();

        Assert.Equal("loaded 2", await single);
        Assert.Equal(2, (await many).Count);
        Assert.Equal(0, load.Runs);
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_BlockedSynchronizationContext_DoesNotHang()
    {
        var found = await Task.Run(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new BlockedContext());
            var many = _client.GetManyWithFallbackAsync(_cache, [1, 2], LoadAsync).AsTask();
            SynchronizationContext.SetSynchronizationContext(null);
            return many;
        }).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);

        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_FallbackReturnsNull_ThrowsAndReleasesTheKeys()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await _client.GetManyWithFallbackAsync(
                _cache, [1, 2], (_, _) => new((IReadOnlyDictionary<int, string>)null!)));

        Assert.Contains("null", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await _other.GetManyWithFallbackAsync(_cache, [1, 2], LoadAsync)).Count);
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_SilosStopMeanwhile_CopiesExpireALeaseAfterTheRequest()
    {
        var lease = TimeSpan.FromSeconds(1.5);
        var client = _cluster.Join(
            options => (options.NearLease, options.ResponseTimeout) = (lease, lease / 10)).Client;
        async ValueTask<IReadOnlyDictionary<int, string>> SlowAsync(IReadOnlyList<int> keys, CancellationToken stopping)
        {
            await _cluster.Silos.StopAllSilosAsync(stopping);
            await Latency.OfAsync((int)lease.TotalMilliseconds);
            return await LoadAsync(keys, stopping);
        }

        await client.GetManyWithFallbackAsync(_cache, [1], SlowAsync);
        await client.GetManyWithFallbackAsync(_cache, [1], LoadAsync);

        Assert.Equal(2, _loads.Count);
    }

    [Fact]
    public async Task GetManyWithFallbackAsync_UnreadableValue_ReplacesIt()
    {
        await _other.SetAsync(_cache, 1, "text");
        await _other.SetAsync(_cache, 2, "7");
        var numbers = new CacheDefinition<int, int>(_cache.Name, _cache.Template.Text, _cache.TimeToLive);

        var found = await _client.GetManyWithFallbackAsync(numbers, [1, 2], (keys, _) =>
            new ValueTask<IReadOnlyDictionary<int, int>>(keys.ToDictionary(key => key, key => key * 100)));

        Assert.Equal(100, found[1]);
        Assert.Equal(7, found[2]);
        await Eventually.TrueAsync(async () => await _other.GetAsync(numbers, 1) == 100, "the value was replaced");
    }

    private ValueTask<IReadOnlyDictionary<int, string>> LoadAsync(IReadOnlyList<int> keys, CancellationToken stopping)
    {
        _loads.Enqueue(keys);
        return new(keys.Where(key => key >= 0).ToDictionary(key => key, key => $"loaded {key}"));
    }
}

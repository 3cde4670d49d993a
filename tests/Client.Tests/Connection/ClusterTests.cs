using System.Diagnostics;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Connection;

/// <summary>A cluster that is connected and does not respond.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private CacheCluster _cluster = null!;
    private TestApplication _application = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync();
        _application = _cluster.Join(options =>
        {
            options.ResponseTimeout = TimeSpan.FromMilliseconds(500);
            options.OperationTimeout = TimeSpan.FromSeconds(1);
        });
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetWithFallback_OwnerDoesNotRespond_LoadsOnceInThisProcess()
    {
        _cluster.Gate.Close(_cache.Key(1).Text);
        var load = new Load<string>();
        var callers = Enumerable.Range(0, 20)
            .Select(_ => _application.Client.GetWithFallbackAsync(_cache, 1, load.RunAsync).AsTask())
            .ToList();
        load.Return("local");

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("local", value));
        Assert.Equal(1, load.Runs);
        Assert.Equal("local", await _application.Client.GetWithFallbackAsync(_cache, 1, load.RunAsync));
        Assert.Equal(1, load.Runs);
        _cluster.Gate.Open(_cache.Key(1).Text);
    }

    /// <summary>The change was made by another process, which reaches the owner.</summary>
    [Fact]
    public async Task GetWithFallback_LaterCallersOfAnUnresponsiveOwner_ShareANewLoad()
    {
        _cluster.Gate.Close(_cache.Key(1).Text);
        var before = new Load<string>();
        var first = ReadAsync(before);
        await Eventually.TrueAsync(() => before.Runs == 1, "the value is being loaded without the owner");

        var after = new Load<string>();
        after.Return("new");
        var later = Enumerable.Range(0, 50).Select(_ => ReadAsync(after)).ToList();
        await Latency.OfAsync(100);
        Assert.Equal(0, after.Runs);
        before.Return("old");

        Assert.Equal("old", await first);
        Assert.All(await Task.WhenAll(later), value => Assert.Equal("new", value));
        Assert.InRange(after.Runs, 1, 2);
        _cluster.Gate.Open(_cache.Key(1).Text);

        Task<string?> ReadAsync(Load<string> load) => _application.Client.GetWithFallbackAsync(
            _cache, 1, load.RunAsync, new CacheCallOptions { NearLease = TimeSpan.Zero }).AsTask();
    }

    [Fact]
    public async Task Reads_OwnerDoesNotRespond_TryGetMissesAndGetThrows()
    {
        _cluster.Gate.Close(_cache.Key(1).Text);
        Assert.False((await _application.Client.TryGetAsync(_cache, 1)).IsFound);
        var error = await Assert.ThrowsAsync<CacheUnavailableException>(
            async () => await _application.Client.GetAsync(_cache, 1));
        Assert.IsType<TimeoutException>(error.InnerException);
        _cluster.Gate.Open(_cache.Key(1).Text);
    }

    [Fact]
    public async Task UnresponsiveOwners_UntilTheyRespond_AreSkippedIndividually()
    {
        foreach (var key in new[] { 1, 2, 3, 4 })
        {
            _cluster.Gate.Close(_cache.Key(key).Text);
            Assert.False((await _application.Client.TryGetAsync(_cache, key)).IsFound);
        }

        var delayed = _cluster.Gate.Waiting;
        var load = new Load<string>();
        load.Return("local");
        Assert.Equal("local", await _application.Client.GetWithFallbackAsync(_cache, 4, load.RunAsync));
        Assert.Equal(delayed, _cluster.Gate.Waiting); // the owner was not called again

        await _application.Client.SetAsync(_cache, 5, "well");
        Assert.Equal("well", await _application.Client.GetAsync(_cache, 5));
        Assert.Empty(_application.Log.Of(4002));

        foreach (var key in new[] { 1, 2, 3, 4 })
        {
            _cluster.Gate.Open(_cache.Key(key).Text);
        }

        await _application.Client.SetAsync(_cache, 1, "well again");
        await Eventually.TrueAsync(
            async () => (await _application.Client.TryGetAsync(_cache, 1)).IsFound, "the owner is called again");
    }

    [Fact]
    public async Task UnresponsiveOwners_OfKeysInABatch_AreSkipped()
    {
        _cluster.Gate.Close(_cache.Key(1).Text);
        await LoadManyAsync();
        var delayed = _cluster.Gate.Waiting;

        await LoadManyAsync();
        Assert.Equal(delayed, _cluster.Gate.Waiting);
        _cluster.Gate.Open(_cache.Key(1).Text);

        async Task LoadManyAsync()
        {
            var options = new CacheCallOptions { NearLease = TimeSpan.Zero };
            var found = await _application.Client.GetManyWithFallbackAsync(
                _cache, [1, 2], (keys, _) => new(keys.ToDictionary(key => key, _ => "loaded")), options);
            Assert.Equal(2, found.Count);
        }
    }

    [Fact]
    public async Task UnresponsiveCluster_AfterThreeTimeouts_IsSkippedUntilItResponds()
    {
        await _application.Client.TryGetAsync(_cache, 0);
        _cluster.Gate.CloseAll();
        foreach (var key in new[] { 1, 2, 3 })
        {
            Assert.False((await _application.Client.TryGetAsync(_cache, key)).IsFound);
        }

        var warning = Assert.Single(_application.Log.Of(4002));
        Assert.Null(warning.Exception);
        Assert.EndsWith("The operation has timed out.", warning.Message, StringComparison.Ordinal);

        _cluster.Gate.OpenAll();
        await Eventually.TrueAsync(
            async () =>
            {
                await _application.Client.TryGetAsync(_cache, 4);
                return _application.Log.Of(4003).Count > 0;
            },
            "the cluster is found again");
    }

    [Fact]
    public async Task CallsWithoutAFallback_WhileTheClusterIsAway_FailAtOnce()
    {
        var application = _cluster.Join(
            options =>
            {
                options.ResponseTimeout = TimeSpan.FromMilliseconds(500);
                options.OperationTimeout = TimeSpan.FromMinutes(1);
            },
            services => services.AddCacheOrleans().AsDistributedCache());
        var (client, distributed) =
            (application.Client, application.Services.GetRequiredService<IDistributedCache>());
        _cluster.Gate.CloseAll();
        for (var key = 0; key < 3; key++)
        {
            await client.TryGetAsync(_cache, key);
        }

        var start = Stopwatch.GetTimestamp();
        Func<Task>[] calls =
        [
            async () => await client.GetAsync(_cache, 4),
            async () => await client.GetManyAsync(_cache, [4, 5]),
            async () => await client.SetAsync(_cache, 4, "four"),
            async () => await client.RemoveAsync(_cache, 4),
            async () => await client.ExpireAsync(_cache, 4),
            async () => await client.RemoveByTagAsync("tag"),
            () => distributed.GetAsync("key"),
            () => distributed.SetAsync("key", [1]),
            () => distributed.RefreshAsync("key"),
            () => distributed.RemoveAsync("key"),
        ];
        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<CacheUnavailableException>(call);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        _cluster.Gate.OpenAll();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return await client.SetAsync(_cache, 6, "back") != WriteOutcome.NotStored;
                }
                catch (CacheUnavailableException)
                {
                    return false;
                }
            },
            "a call has found the cluster again");
        Assert.Equal("back", await client.GetAsync(_cache, 6));
    }
}

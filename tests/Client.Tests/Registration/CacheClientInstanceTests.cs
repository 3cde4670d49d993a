using System.Diagnostics.Metrics;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Registration;

public sealed class CacheClientInstanceTests : IAsyncLifetime
{
    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private CacheCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await CacheCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Dispose_CallsInProgressAndLater_Throw()
    {
        var application = _cluster.Join();
        var client = application.Client;
        await client.SetAsync(_cache, 1, "one");
        Assert.Equal("one", await client.GetAsync(_cache, 1));
        var load = new Load<string>();
        var isStopping = false;
        async ValueTask<string?> LoadAsync(int key, CancellationToken stopping)
        {
            stopping.Register(() => isStopping = true);
            return await load.RunAsync(key, CancellationToken.None);
        }

        var running = client.GetWithFallbackAsync(_cache, 2, LoadAsync).AsTask();
        var batch = client.GetManyWithFallbackAsync(_cache, [3, 4], async (keys, stopping) =>
        {
            await load.RunAsync(0, CancellationToken.None);
            return new Dictionary<int, string>();
        }).AsTask();
        await Eventually.TrueAsync(() => load.Runs == 2, "values are being loaded");

        await application.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batch);
        Assert.True(isStopping);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.GetAsync(_cache, 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.TryGetAsync(_cache, 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.SetAsync(_cache, 1, "two"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.RemoveAsync(_cache, 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.GetManyAsync(_cache, [1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.RemoveByTagAsync("tag"));

        // Another process takes over when the lease has expired; the disposal is not reported to it as a failed load.
        var second = new Load<string>();
        second.Return("two");
        Assert.Equal("two", await _cluster.Join().Client.GetWithFallbackAsync(_cache, 2, second.RunAsync));
        load.Return(null);
    }

    [Fact]
    public async Task NamedClients_InOneApplication_HaveSeparateOptionsAndCopies()
    {
        await using var application = _cluster.Join(services: services =>
            services.AddCacheOrleans("careful", options => options.NearLease = TimeSpan.Zero));
        var careful = application.Services.GetRequiredKeyedService<ICacheClient>("careful");
        Assert.NotSame(application.Client, careful);
        Assert.Same(application.Client, application.Services.GetRequiredService<ICacheClient>());

        await application.Client.SetAsync(_cache, 1, "one");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("one", await application.Client.GetAsync(_cache, 1));
            Assert.Equal("one", await careful.GetAsync(_cache, 1));
        }

        var measured = Measure(application.Services);
        Assert.Equal(2, measured["cacheorleans.client.hits"]);
        Assert.Equal(4, measured["cacheorleans.client.misses"]);
        Assert.Equal(1, measured["cacheorleans.near.entries"]);
        Assert.InRange(measured["cacheorleans.near.bytes"], 400, 1000);
    }

    [Fact]
    public async Task Copies_DisabledByTheCall_AreNotUsed()
    {
        var client = _cluster.Join().Client;
        await client.SetAsync(_cache, 1, "one");
        await client.GetAsync(_cache, 1);
        await _cluster.Join().Client.SetAsync(_cache, 1, "two");

        var options = new CacheCallOptions { NearLease = TimeSpan.Zero };
        Assert.Equal("two", await client.GetWithFallbackAsync(
            _cache, 1, (_, _) => new ValueTask<string?>("loaded"), options));
    }

    [Fact]
    public async Task Instruments_MoreCachesThanLabels_ShareOneLabel()
    {
        await using var application = new TestApplication(null, services => services.AddSingleton<IGrainFactory>(
            _cluster.Silos.Client));
        var caches = Enumerable.Range(0, CacheLabels.MaxOthers + 100).Select(_ => TestCaches.New<string>()).ToArray();
        foreach (var cache in caches)
        {
            await application.Client.GetWithFallbackAsync(cache, 1, (_, _) => new ValueTask<string?>("value"));
        }

        HashSet<object?> labels = [];
        var measured = Measure(application.Services, labels);

        Assert.Equal(CacheLabels.MaxOthers + 1, labels.Count);
        Assert.Contains(CacheLabels.Rest, labels);
        Assert.Equal(caches.Length, measured["cacheorleans.client.misses"]);
    }

    /// <summary>Sums the current values of each instrument of an application's meters.</summary>
    private static Dictionary<string, long> Measure(IServiceProvider services, HashSet<object?>? labels = null)
    {
        var measured = new Dictionary<string, long>();
        using var listener = services.GetRequiredService<IMeterFactory>().Listener("cacheorleans.");
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            measured[instrument.Name] = measured.GetValueOrDefault(instrument.Name) + value;
            labels?.UnionWith(tags.ToArray().Where(tag => tag.Key == "cache").Select(tag => tag.Value));
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}

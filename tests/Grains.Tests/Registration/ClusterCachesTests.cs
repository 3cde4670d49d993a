using CacheOrleans.Grains.Registration;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Registration;

/// <summary>Caches that were declared to one silo and are requested at another.</summary>
public sealed class ClusterCachesTests : IAsyncLifetime
{
    private EntryCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync(silos: 2);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Declare_OnOneSilo_IsKnownToEverySilo()
    {
        var declaration = new CacheDeclaration(
            "order", "order:{id}", new CacheLife(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1)), "text/plain");
        await _cluster.Entry("order/v1?id=1").DeclareAsync(declaration);

        foreach (var silo in _cluster.Silos.Silos)
        {
            var caches = silo.ServiceProvider.GetRequiredService<IClusterCaches>();
            var known = await caches.FindAsync("order", CancellationToken.None);

            Assert.Equal(declaration, known?.Declaration);
            Assert.Equal("text/plain", known?.Definition.ContentType);
            Assert.Null(await caches.FindAsync("nope", CancellationToken.None));
            Assert.Null((await caches.FindAsync("user", CancellationToken.None))?.Declaration);
            Assert.Equal(
                ["plain", "user", "order"],
                (await caches.GetAsync(CancellationToken.None)).Select(cache => cache.Definition.Name));
        }
    }

    [Fact]
    public async Task EndAsync_EntriesOfEverySilo_AreGone()
    {
        string[] keys = [.. Enumerable.Range(0, 20).Select(id => $"plain/v1?id={id}")];
        await Task.WhenAll(keys.Select(key => _cluster.Entry(key).SetAsync(EntryCluster.Write("value"))));
        var now = _cluster.Time.GetUtcNow();
        _cluster.Store.Put("plain:v1:plain:99", new StoreRecord(
            "stored"u8.ToArray(), Stamp.Next(now, Stamp.None), now, now.AddHours(1), null));
        await _cluster.Entry("user/v1?user_id=1").SetAsync(EntryCluster.Write("another"));

        await _cluster.Silos.Silos[1].ServiceProvider.GetRequiredService<IClusterCaches>()
            .EndAsync("plain", CancellationToken.None);

        foreach (var key in keys.Append("plain/v1?id=99"))
        {
            Assert.False((await _cluster.Entry(key).GetAsync()).IsFound);
        }

        Assert.Equal("another", EntryCluster.Text(await _cluster.Entry("user/v1?user_id=1").GetAsync()));
    }

    [Fact]
    public async Task Declare_InvalidContentType_IsRejected() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _cluster.Entry("order/v1?id=1").DeclareAsync(
            new CacheDeclaration(
                "order", "order:{id}", new CacheLife(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1)), "x\r\ny")));
}

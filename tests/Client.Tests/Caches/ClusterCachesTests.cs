using CacheOrleans.Client.Tests.Serialization;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Caches;

/// <summary>What silos know about the caches of clients, and what happens to clients' copies when a cache is ended.
/// </summary>
public sealed class ClusterCachesTests : IAsyncLifetime
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly CacheDefinition<int, string> _texts = new("texts", "texts:{id}", Life);
    private readonly CacheDefinition<int, byte[]> _bytes = new("bytes", "bytes:{id}", Life);
    private CacheCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IClusterCaches Caches =>
        _cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IClusterCaches>();

    public async ValueTask InitializeAsync() => _cluster = await CacheCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task ContentType_NotInTheDefinition_IsThatOfTheSerializer()
    {
        var client = _cluster.Join().Client;
        var images = new CacheDefinition<int, byte[]>("images", "images:{id}", Life) { ContentType = "image/png" };
        var cities = new CacheDefinition<int, City>("cities", "cities:{id}", Life);
        await client.SetAsync(_texts, 1, "text", null, Cancellation);
        await client.SetAsync(_bytes, 1, [1], null, Cancellation);
        await client.SetAsync(cities, 1, new City("Seoul", 9), null, Cancellation);
        await client.SetAsync(images, 1, [1], null, Cancellation);

        var types = (await Caches.GetAsync(Cancellation)).Where(cache => cache.Declaration is not null)
            .Select(cache => (cache.Definition.Name, cache.Definition.ContentType));

        Assert.Equal(
            [
                ("bytes", "application/octet-stream"),
                ("cities", "application/json"),
                ("images", "image/png"),
                ("texts", "text/plain; charset=utf-8"),
            ],
            types);
    }

    [Fact]
    public async Task EndAsync_CopiesOfClients_AreGone()
    {
        var clients = new[] { _cluster.Join().Client, _cluster.Join().Client };
        await clients[0].SetAsync(_texts, 1, "former", null, Cancellation);
        foreach (var client in clients)
        {
            Assert.Equal("former", (await client.TryGetAsync(_texts, 1, Cancellation)).Value);
        }

        await Caches.EndAsync("texts", Cancellation);

        foreach (var client in clients)
        {
            await Eventually.TrueAsync(
                async () => !(await client.TryGetAsync(_texts, 1, Cancellation)).IsFound, "the copy is gone");
        }
    }
}

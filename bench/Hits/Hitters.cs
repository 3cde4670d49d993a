using System.Collections.Concurrent;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Client;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace CacheOrleans.Bench.Hits;

/// <summary>The contenders that have values in their memory; each reads 1024 keys in turn.</summary>
internal sealed class Hitters : IDisposable
{
    private const int Keys = 1024;

    private readonly string[] _texts = [.. Enumerable.Range(0, Keys).Select(id => $"product:{id}")];
    private readonly ConcurrentDictionary<int, Product> _dictionary =
        new(Enumerable.Range(0, Keys).ToDictionary(id => id, Products.Make));
    private readonly MemoryCache _memory = new(new MemoryCacheOptions());
    private readonly ICacheClient _client;
    private readonly IProducts _decorated;
    private readonly IFusionCache _fusion;

    public Hitters(IServiceProvider ours, IServiceProvider peers)
    {
        _client = ours.GetRequiredService<ICacheClient>();
        _decorated = ProductsCached.Decorate(_client, new ProductSource());
        _fusion = peers.GetRequiredService<IFusionCache>();
        foreach (var text in _texts)
        {
            _memory.Set(text, Products.Make(Array.IndexOf(_texts, text)), TimeSpan.FromMinutes(30));
        }

        var adapter = ours.GetRequiredService<HybridCache>();
        var hybrid = peers.GetRequiredService<HybridCache>();
        Client = new("ICacheClient, int key", ClientAsync);
        ClientOnAll = OnAllProcessors("ICacheClient, all processors", ClientAsync);
        HybridOnAll = OnAllProcessors("HybridCache, all processors", n => HybridAsync(hybrid, n));
        ClientText = new("ICacheClient, text key", ClientTextAsync);
        Decorated = new("decorated method", DecoratedAsync);
        Adapter = new("our HybridCache adapter", n => HybridAsync(adapter, n));
        AdapterMade = new("our HybridCache adapter, key made", n => HybridMadeAsync(adapter, n));
        Hybrid = new("HybridCache", n => HybridAsync(hybrid, n));
        HybridMade = new("HybridCache, key made", n => HybridMadeAsync(hybrid, n));
        Fusion = new("FusionCache", FusionAsync);
        Memory = new("MemoryCache", MemoryAsync);
        Dictionary = new("ConcurrentDictionary", DictionaryAsync);
    }

    public Contender Client { get; }

    public Contender ClientOnAll { get; }

    public Contender ClientText { get; }

    public Contender Decorated { get; }

    public Contender Adapter { get; }

    public Contender AdapterMade { get; }

    public Contender Hybrid { get; }

    public Contender HybridMade { get; }

    public Contender HybridOnAll { get; }

    public Contender Fusion { get; }

    public Contender Memory { get; }

    public Contender Dictionary { get; }

    /// <summary>Reads every key once, so that all later reads are hits.</summary>
    public async Task FillAsync()
    {
        // In sequence, each read would wait for a distributed lock.
        await Task.WhenAll(_texts.Select(async (text, id) =>
            await _fusion.GetOrSetAsync<Product>(text, (_, _) => Task.FromResult(Products.Make(id)))));
        await Task.WhenAll(((Contender[])[Client, ClientText, Adapter, Hybrid])
            .Select(contender => contender.RunAsync(Keys)));
    }

    public void Dispose() => _memory.Dispose();

    private static Contender OnAllProcessors(string name, Func<int, Task> runAsync) => new(name, operations =>
    {
        var threads = Environment.ProcessorCount;
        return Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() => runAsync(operations / threads))));
    });

    private async Task ClientAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Products.Check(id, await _client.GetWithFallbackAsync(
                Products.ById, id, id, static (key, _) => new ValueTask<Product?>(Products.Make(key))));
        }
    }

    private async Task ClientTextAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Products.Check(id, await _client.GetWithFallbackAsync(
                Products.ByText, _texts[id], id, static (key, _) => new ValueTask<Product?>(Products.Make(key))));
        }
    }

    private async Task DecoratedAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Products.Check(id, await _decorated.FindAsync(id));
        }
    }

    private async Task HybridAsync(HybridCache cache, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Products.Check(id, await cache.GetOrCreateAsync(
                _texts[id], id, static (key, _) => new ValueTask<Product>(Products.Make(key))));
        }
    }

    private static async Task HybridMadeAsync(HybridCache cache, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Products.Check(id, await cache.GetOrCreateAsync(
                $"product:{id}", id, static (key, _) => new ValueTask<Product>(Products.Make(key))));
        }
    }

    private async Task FusionAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Products.Check(id, await _fusion.GetOrSetAsync<Product>(
                _texts[id], (_, _) => Task.FromResult(Products.Make(id))));
        }
    }

    private Task MemoryAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Products.Check(id, _memory.Get<Product>(_texts[id]));
        }

        return Task.CompletedTask;
    }

    private Task DictionaryAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Products.Check(id, _dictionary.GetValueOrDefault(id));
        }

        return Task.CompletedTask;
    }
}

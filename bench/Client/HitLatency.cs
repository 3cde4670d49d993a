using CacheOrleans.Bench.Harness;
using CacheOrleans.Client;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace CacheOrleans.Bench.Client;

/// <summary>What a hit in this process's memory costs, through each of the interfaces, beside its peers.</summary>
internal sealed class HitLatency(IServiceProvider ours, IServiceProvider peers)
{
    private const int Keys = 1024;

    private readonly string[] _texts = [.. Enumerable.Range(0, Keys).Select(id => $"product:{id}")];
    private readonly ICacheClient _client = ours.GetRequiredService<ICacheClient>();
    private readonly HybridCache _adapter = ours.GetRequiredService<HybridCache>();
    private readonly HybridCache _hybrid = peers.GetRequiredService<HybridCache>();
    private readonly IFusionCache _fusion = peers.GetRequiredService<IFusionCache>();

    public static async Task RunAsync(int rounds)
    {
        await using var cluster = await Cluster.StartAsync(1);
        await using var ours = await Applications.StartOursAsync(cluster.Membership.ConnectionString);
        await using var peers = await Applications.StartPeersAsync(cluster);
        var hits = new HitLatency(ours.Services, peers.Services);
        Table.Print("Hit, the key at hand", await Duel.RunAsync(
            rounds,
            new("ICacheClient, key: int", hits.ClientAsync),
            new("ICacheClient, key: string", hits.ClientTextAsync),
            new("our HybridCache adapter", n => HybridAsync(hits._adapter, hits._texts, n)),
            new("FusionCache", hits.FusionAsync),
            new("HybridCache", n => HybridAsync(hits._hybrid, hits._texts, n))));
        Table.Print("Hit, the key made from an int", await Duel.RunAsync(
            rounds,
            new("ICacheClient, key: int", hits.ClientAsync),
            new("our HybridCache adapter", n => HybridMadeAsync(hits._adapter, n)),
            new("HybridCache", n => HybridMadeAsync(hits._hybrid, n))));
    }

    private async Task ClientAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Check(id, await _client.GetWithFallbackAsync(
                Products.ById, id, id, static (key, _) => new ValueTask<Product?>(Products.Make(key))));
        }
    }

    private async Task ClientTextAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            var text = _texts[id];
            Check(id, await _client.GetWithFallbackAsync(
                Products.ByText, text, id, static (key, _) => new ValueTask<Product?>(Products.Make(key))));
        }
    }

    private async Task FusionAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Check(id, await _fusion.GetOrSetAsync<Product>(_texts[id], (_, _) => Task.FromResult(Products.Make(id))));
        }
    }

    private static async Task HybridAsync(HybridCache cache, string[] texts, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Check(id, await cache.GetOrCreateAsync(
                texts[id], id, static (key, _) => new ValueTask<Product>(Products.Make(key))));
        }
    }

    private static async Task HybridMadeAsync(HybridCache cache, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Check(id, await cache.GetOrCreateAsync(
                $"product:{id}", id, static (key, _) => new ValueTask<Product>(Products.Make(key))));
        }
    }

    private static void Check(int id, Product? product)
    {
        if (product?.Id != id)
        {
            throw new InvalidOperationException($"Product {id} was asked for, and {product?.Id} was answered.");
        }
    }
}

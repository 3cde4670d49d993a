using CacheOrleans.Bench.Client;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Decorator;

/// <summary>What a generated decorator adds to a hit of the client.</summary>
internal sealed class DecoratedHits(ICacheClient client, IProducts decorated)
{
    private const int Keys = 1024;

    public static async Task RunAsync(int rounds)
    {
        await using var cluster = await Cluster.StartAsync(1);
        await using var ours = await Applications.StartOursAsync(cluster.Membership.ConnectionString);
        var client = ours.Services.GetRequiredService<ICacheClient>();
        var hits = new DecoratedHits(client, ProductsCached.Decorate(client, new ProductSource()));
        Table.Print("Hit", await Duel.RunAsync(
            rounds,
            new("decorated ValueTask<T>", hits.DecoratedAsync),
            new("ICacheClient", hits.ClientAsync)));
    }

    private async Task DecoratedAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Check(id, await decorated.FindAsync(id));
        }
    }

    private async Task ClientAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var id = i % Keys;
            Check(id, await client.GetWithFallbackAsync(
                Products.ById, id, id, static (key, _) => new ValueTask<Product?>(Products.Make(key))));
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

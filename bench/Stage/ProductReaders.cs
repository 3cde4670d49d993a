using CacheOrleans.Client;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace CacheOrleans.Bench.Stage;

/// <summary>Reads of a product, written as each cache's documentation does.</summary>
internal static class ProductReaders
{
    public const string OursName = "CacheOrleans";
    public const string HybridName = "HybridCache";
    public const string FusionName = "FusionCache";

    public static Reader Of(string name) => name switch
    {
        OursName => OursAsync,
        HybridName => HybridAsync,
        FusionName => FusionAsync,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static ValueTask<Product?> OursAsync(IServiceProvider services, int id, Func<Task<Product>> load) =>
        services.GetRequiredService<ICacheClient>().GetWithFallbackAsync(
            Products.ById, id, load, static async (load, _) => (Product?)await load());

    private static async ValueTask<Product?> HybridAsync(
        IServiceProvider services, int id, Func<Task<Product>> load) =>
        await services.GetRequiredService<HybridCache>().GetOrCreateAsync(
            $"product:{id}", load, static async (load, _) => await load());

    private static async ValueTask<Product?> FusionAsync(
        IServiceProvider services, int id, Func<Task<Product>> load) =>
        await services.GetRequiredService<IFusionCache>().GetOrSetAsync<Product>(
            $"product:{id}", async (_, _) => await load());
}

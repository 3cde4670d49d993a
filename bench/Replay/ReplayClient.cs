using System.Diagnostics;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Client;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace CacheOrleans.Bench.Replay;

/// <summary>A process that replays its share of a trace through one of the caches; a load takes a millisecond.
/// </summary>
internal static class ReplayClient
{
    public const string Role = "replay";
    private const int Keys = 100_000;
    private const int AtOnce = 64;

    private static readonly TimeSpan LoadTime = TimeSpan.FromMilliseconds(1);

    public static async Task<object> RunAsync(ReplayOrder order)
    {
        await using var application = order.System == ProductReaders.OursName
            ? await Applications.StartOursAsync(order.Membership, keepsAll: true)
            : await Applications.StartPeersAsync(order.Redis);
        var trace = KeyTrace.Read(order.Trace, order.Length, Keys)
            .Where((_, i) => i % order.Processes == order.Process)
            .ToArray();
        var calls = 0;
        Func<string, ValueTask<Product?>> read = ReadsOf(application.Services, order.System, LoadAsync);
        var warmUps = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                using var runs = new LocalRuns();
                await read($"warm-up {order.Process} {++warmUps}");
                return runs.Read() == 0; // the client is connected
            },
            $"{order.System} responds");
        await ClientProcess.UntilToldAsync();
        calls = 0;
        using var local = new LocalRuns();
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(ReplayAsync)));
        return new ReplayResult(
            trace.Length, calls, local.Read(), Stopwatch.GetElapsedTime(start).TotalSeconds, trace.Distinct().Count());

        async Task ReplayAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < trace.Length; i = Interlocked.Increment(ref next))
            {
                var product = await read(trace[i]);
                if (product?.Name != trace[i])
                {
                    throw new InvalidOperationException($"'{trace[i]}' was read, but '{product?.Name}' was returned.");
                }
            }
        }

        async Task<Product> LoadAsync(string key)
        {
            Interlocked.Increment(ref calls);
            await Task.Delay(LoadTime, TimeProvider.System);
            return new Product(0, key, 1999, "A thing that somebody may want to buy");
        }
    }

    private static Func<string, ValueTask<Product?>> ReadsOf(
        IServiceProvider services, string system, Func<string, Task<Product>> load)
    {
        switch (system)
        {
            case ProductReaders.OursName:
                var client = services.GetRequiredService<ICacheClient>();
                return key => client.GetWithFallbackAsync(
                    Products.ByText,
                    key,
                    (load, key),
                    static async (state, _) => (Product?)await state.load(state.key));
            case ProductReaders.HybridName:
                var hybrid = services.GetRequiredService<HybridCache>();
                return async key => await hybrid.GetOrCreateAsync(
                    $"product:{key}", (load, key), static async (state, _) => await state.load(state.key));
            case ProductReaders.FusionName:
                var fusion = services.GetRequiredService<IFusionCache>();
                return async key => await fusion.GetOrSetAsync<Product>(
                    $"product:{key}", async (_, _) => await load(key));
            default:
                throw new ArgumentOutOfRangeException(nameof(system), system, null);
        }
    }
}

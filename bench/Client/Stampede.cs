using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CacheOrleans.Client;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace CacheOrleans.Bench.Client;

/// <summary>Many callers in several clients ask for one cold key at once: how often the delegate runs, and how much
/// longer than the delegate the callers wait.</summary>
/// <remarks>Each client has connections and memory of its own, as if it were a process.</remarks>
internal static class Stampede
{
    private const int Clients = 8;
    private const int CallersEach = 100;

    private delegate ValueTask<Product?> Read(IServiceProvider services, int id, Func<Task<Product>> load);

    public static async Task RunAsync(int repeats)
    {
        await using var cluster = await Cluster.StartAsync(1);
        var membership = cluster.Membership.ConnectionString;
        var ours = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(_ => Applications.StartOursAsync(membership)));
        var peers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Applications.StartPeersAsync(cluster)));
        (string Name, Application[] Applications, Read Read)[] contenders =
        [
            ("CacheOrleans", ours, ReadOursAsync),
            ("HybridCache", peers, ReadHybridAsync),
            ("FusionCache", peers, ReadFusionAsync),
        ];
        var id = 0;
        foreach (var isRedisAway in (bool[])[false, true])
        {
            if (isRedisAway)
            {
                cluster.Cache.Stop();
            }

            foreach (var delay in (int[])[0, 20, 200])
            {
                var results = contenders.Select(_ => new List<(int Calls, double P50, double P99)>()).ToArray();
                for (var repeat = -2; repeat < repeats; repeat++)
                {
                    for (var i = 0; i < contenders.Length; i++)
                    {
                        var result = await StampedeAsync(contenders[i].Applications, contenders[i].Read, ++id, delay);
                        if (repeat >= 0)
                        {
                            results[i].Add(result);
                        }
                    }
                }

                Print(isRedisAway, delay, contenders.Select(contender => contender.Name), results);
            }
        }

        foreach (var application in ours.Concat(peers))
        {
            await application.DisposeAsync();
        }
    }

    private static async Task<(int Calls, double P50, double P99)> StampedeAsync(
        Application[] applications, Read read, int id, int delay)
    {
        var calls = 0;
        var waits = new ConcurrentBag<double>();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = applications
            .SelectMany(application => Enumerable.Range(0, CallersEach).Select(_ => CallAsync(application)))
            .ToList();
        go.SetResult();
        await Task.WhenAll(callers);
        var sorted = waits.Order().ToList();
        return (calls, sorted[sorted.Count / 2] - delay, sorted[(int)(sorted.Count * 0.99)] - delay);

        async Task CallAsync(Application application)
        {
            await go.Task;
            var start = Stopwatch.GetTimestamp();
            var product = await read(application.Services, id, LoadAsync);
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (product?.Id != id)
            {
                throw new InvalidOperationException($"Product {id} was asked for, and {product?.Id} was answered.");
            }
        }

        async Task<Product> LoadAsync()
        {
            Interlocked.Increment(ref calls);
            if (delay > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(delay), TimeProvider.System);
            }

            return Products.Make(id);
        }
    }

    private static ValueTask<Product?> ReadOursAsync(IServiceProvider services, int id, Func<Task<Product>> load) =>
        services.GetRequiredService<ICacheClient>().GetWithFallbackAsync(
            Products.ById, id, load, static async (load, _) => (Product?)await load());

    private static async ValueTask<Product?> ReadHybridAsync(
        IServiceProvider services, int id, Func<Task<Product>> load) =>
        await services.GetRequiredService<HybridCache>().GetOrCreateAsync(
            $"product:{id}", load, static async (load, _) => await load());

    private static async ValueTask<Product?> ReadFusionAsync(
        IServiceProvider services, int id, Func<Task<Product>> load) =>
        await services.GetRequiredService<IFusionCache>().GetOrSetAsync<Product>(
            $"product:{id}", async (_, _) => await load());

    private static void Print(
        bool isRedisAway, int delay, IEnumerable<string> names, List<(int Calls, double P50, double P99)>[] results)
    {
        Console.WriteLine($"{Clients} clients x {CallersEach} callers of one cold key, a delegate of {delay} ms"
            + (isRedisAway ? ", Redis stopped" : string.Empty));
        foreach (var (name, runs) in names.Zip(results))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-14} delegate calls {runs.Min(run => run.Calls)} to {runs.Max(run => run.Calls)}, "
                + $"beyond the delegate p50 {Median(runs.Select(run => run.P50)):F1} ms, "
                + $"p99 {Median(runs.Select(run => run.P99)):F1} ms (worst {runs.Max(run => run.P99):F1} ms)"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

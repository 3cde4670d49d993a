using System.Diagnostics;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Breaker;
using CacheOrleans.Client;
using CacheOrleans.Redis;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Outage;

/// <summary>Measures what happens when Redis dies under load and comes back; our cluster has three silos.</summary>
/// <remarks>Our clients keep no copies here, so that every read reaches a silo; the peers read their own memory first.
/// </remarks>
internal sealed class OutageExperiment : IExperiment
{
    private const int Clients = 3;
    private const int Silos = 3;

    private static readonly CacheCallOptions NoCopy = new() { NearLease = TimeSpan.Zero };

    public string Group => "outage";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        var phase = TimeSpan.FromMilliseconds(lab.Sized(600, 4000));
        var attempts = new AttemptCount();
        await using var cluster = await Cluster.StartAsync(Silos, services =>
        {
            services.Configure<RedisOptions>(options => (options.ReadTimeout, options.WriteTimeout) =
                (TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1)));
            services.Configure<BreakerOptions>(options => options.BreakDuration = phase * 1.5);
            CountingStore.Wrap(services, attempts);
        });
        var gates = cluster.Silos.Select(silo => silo.Services.GetRequiredService<IBreakerGate>()).ToList();
        var (opened, attemptsAtOpen, attemptsAfterOpen) = (0.0, 0, 0);
        var ours = await WithAsync(() => Applications.StartOursAsync(cluster.Membership.ConnectionString), clients =>
            OutageRun.RunAsync(
                ProductReaders.OursName,
                new SteadyLoad(clients, ReadAsync),
                cluster.Cache,
                phase,
                onDead: async () =>
                {
                    var dead = Stopwatch.GetTimestamp();
                    await UntilAllAsync(gates, admits: false);
                    (opened, attemptsAtOpen) = (Stopwatch.GetElapsedTime(dead).TotalMilliseconds, attempts.Value);
                },
                onBack: () =>
                {
                    attemptsAfterOpen = attempts.Value - attemptsAtOpen;
                    return UntilAllAsync(gates, admits: true);
                }));
        var peers = new List<OutageRun>();
        string[] names = lab.Settings.IsQuick
            ? [ProductReaders.HybridName]
            : [ProductReaders.HybridName, ProductReaders.FusionName];
        foreach (var name in names)
        {
            peers.Add(await WithAsync(() => Applications.StartPeersAsync(cluster.Cache.ConnectionString), clients =>
                OutageRun.RunAsync(
                    name,
                    new SteadyLoad(clients, ProductReaders.Of(name)),
                    cluster.Cache,
                    phase,
                    onDead: () => Task.CompletedTask,
                    onBack: () => Task.CompletedTask)));
        }

        return
        [
            RowOf("failed", "failed requests", Unit.Count, Target.Most(0), run => run.Failed),
            RowOf("before", "p99 before", Unit.Milliseconds, Target.Reported, run => run.Before),
            RowOf("during", "p99 while Redis is away", Unit.Milliseconds, Target.Reported, run => run.During),
            RowOf("after", "p99 after", Unit.Milliseconds, Target.Reported, run => run.After),
            RowOf("calls", "fallback calls per key and life, at the worst", Unit.Count, Target.Most(1),
                run => run.MostCalls),
            new("outage.attempts", "Redis dies under load: attempts to use it after the breaker has opened",
                Unit.Count, Target.Most(0), new(ProductReaders.OursName, attemptsAfterOpen), Peer: null),
            new("outage.open", "Redis dies under load: from its death until three silos refuse",
                Unit.Milliseconds, Target.Most(50), new(ProductReaders.OursName, opened), Peer: null),
        ];

        Row RowOf(string id, string title, Unit unit, Target target, Func<OutageRun, double> value) => new(
            $"outage.{id}", $"Redis dies under load: {title}", unit, target,
            new(ours.Name, value(ours)), new(peers[0].Name, value(peers[0])))
        {
            Others = [.. peers.Skip(1).Select(peer => new Figure(peer.Name, value(peer)))],
        };
    }

    /// <summary>Reads from two caches in turns, because failures of only one cache do not open the breaker.</summary>
    private static ValueTask<Product?> ReadAsync(IServiceProvider services, int id, Func<Task<Product>> load)
    {
        var client = services.GetRequiredService<ICacheClient>();
        return id % 2 == 0
            ? client.GetWithFallbackAsync(
                Products.ById, id, load, static async (load, _) => (Product?)await load(), NoCopy)
            : client.GetWithFallbackAsync(
                Products.ByText, $"{id}", load, static async (load, _) => (Product?)await load(), NoCopy);
    }

    private static async Task<OutageRun> WithAsync(
        Func<Task<Application>> start, Func<IReadOnlyList<Application>, Task<OutageRun>> run)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => start()));
        var result = await run(clients);
        await Application.StopAsync(clients);
        return result;
    }

    /// <summary>Polls every millisecond, so that the load gets the processor.</summary>
    private static async Task UntilAllAsync(IReadOnlyList<IBreakerGate> gates, bool admits)
    {
        var start = Stopwatch.GetTimestamp();
        while (!gates.All(gate => gate.TryEnter(out _) == admits))
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException($"The breaker does not {(admits ? "close" : "open")}.");
            }

            await Latency.OfAsync(1);
        }
    }
}

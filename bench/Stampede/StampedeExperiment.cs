using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Stampede;

/// <summary>Measures, when 800 callers in 8 clients read one cold key at the same time, how often the delegate runs and
/// how much longer than the delegate the callers wait; with Redis, and with Redis stopped.</summary>
internal sealed class StampedeExperiment : IExperiment
{
    private const int Clients = 8;

    private int _id = 1_000_000; // other experiments use lower ids

    public string Group => "stampede";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        await using var cluster = await Cluster.StartAsync(1);
        var ours = await Task.WhenAll(Enumerable.Range(0, Clients)
            .Select(_ => Applications.StartOursAsync(cluster.Membership.ConnectionString)));
        var peers = await Task.WhenAll(Enumerable.Range(0, Clients)
            .Select(_ => Applications.StartPeersAsync(cluster.Cache.ConnectionString)));
        Crowd[] crowds =
        [
            CrowdOf(ProductReaders.OursName, ours),
            CrowdOf(ProductReaders.HybridName, peers),
            CrowdOf(ProductReaders.FusionName, peers),
        ];
        List<Row> rows = [];
        int[] delays = lab.Settings.IsQuick ? [20] : [0, 20, 200]; // the peers take seconds
        foreach (var delay in delays)
        {
            rows.AddRange(await RunAsync(crowds, delay, lab.Sized(1, 9), isRedisAway: false));
        }

        cluster.Cache.Stop();
        foreach (var delay in delays)
        {
            rows.AddRange(await RunAsync(crowds, delay, lab.Sized(1, 3), isRedisAway: true));
        }

        await Application.StopAsync(ours.Concat(peers));
        return rows;
    }

    private static Crowd CrowdOf(string name, Application[] applications) =>
        new(name, applications, ProductReaders.Of(name));

    private async Task<Row[]> RunAsync(Crowd[] crowds, int delay, int repeats, bool isRedisAway)
    {
        for (var repeat = isRedisAway ? 0 : -1; repeat < repeats; repeat++)
        {
            foreach (var crowd in crowds)
            {
                await crowd.StampedeAsync(++_id, delay);
                if (repeat < 0)
                {
                    crowd.Forget();
                }
            }
        }

        var id = $"stampede.{delay}{(isRedisAway ? "-no-redis" : string.Empty)}";
        var title = $"{Clients}×{Crowd.CallersEach} callers of one cold key, {delay} ms delegate"
            + (isRedisAway ? ", no Redis" : string.Empty);
        var rows = new Row[]
        {
            new(id, title + ": delegate calls",
                Unit.Count, Target.Most(1), crowds[0].Calls, crowds[1].Calls) { Others = [crowds[2].Calls] },
            new(id + ".p99", title + ": p99 beyond the delegate", Unit.Milliseconds,
                isRedisAway ? Target.Reported : Target.Most(25), crowds[0].WaitBeyond, crowds[1].WaitBeyond)
            {
                Others = [crowds[2].WaitBeyond],
            },
        };
        foreach (var crowd in crowds)
        {
            crowd.Forget();
        }

        return rows;
    }
}

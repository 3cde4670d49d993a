using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Replay;

/// <summary>Replays a trace of keys through each cache, in one process and in three that share the trace.</summary>
internal sealed class ReplayExperiment : IExperiment
{
    private static readonly string[] Systems =
        [ProductReaders.OursName, ProductReaders.HybridName, ProductReaders.FusionName];

    public string Group => "replay";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        List<Row> rows = [];
        int[] sizes = lab.Settings.IsQuick ? [1] : [1, 3];
        foreach (var processes in sizes.Where(processes => lab.Settings.Selects($"replay.{processes}")))
        {
            var results = Systems.ToDictionary(system => system, _ => new List<ReplayResult>());
            for (var repeat = 0; repeat < lab.Sized(1, 2); repeat++)
            {
                await using var cluster = await Cluster.StartAsync(1); // an empty cluster
                foreach (var system in Systems)
                {
                    results[system].Add(await ReplayAsync(lab, cluster, system, processes));
                }
            }

            rows.AddRange(RowsOf(processes, results));
        }

        return rows;
    }

    /// <summary>Replays the trace once; one system does not find values that another has left in Redis.</summary>
    private static async Task<ReplayResult> ReplayAsync(Lab lab, Cluster cluster, string system, int processes)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, processes).Select(number =>
            ClientProcess.StartAsync(ReplayClient.Role, new ReplayOrder(
                system,
                cluster.Membership.ConnectionString,
                cluster.Cache.ConnectionString,
                lab.Settings.Trace,
                lab.Sized(3_000, 300_000),
                number,
                processes))));
        var results = await Task.WhenAll(clients.Select(client => client.RunAsync<ReplayResult>()));
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        return new ReplayResult(
            results.Sum(result => result.Reads),
            results.Sum(result => result.Calls),
            results.Sum(result => result.Local),
            results.Max(result => result.Seconds),
            results.Max(result => result.Keys));
    }

    private static IEnumerable<Row> RowsOf(int processes, Dictionary<string, List<ReplayResult>> results)
    {
        var where = processes == 1 ? "1 process" : $"{processes} processes";
        yield return RowOf("hits", "hit ratio", Unit.Part, result => 1 - ((double)result.Calls / result.Reads));
        yield return RowOf("calls", "fallback calls", Unit.Count, result => result.Calls);
        yield return RowOf("local", "fallback calls without the cluster", Unit.Count, result => result.Local);
        yield return RowOf("reads", "reads a second", Unit.PerSecond, result => result.Reads / result.Seconds);

        Row RowOf(string id, string title, Unit unit, Func<ReplayResult, double> value)
        {
            var figures = Systems
                .Select(system => new Figure(system, Quantile.Median(results[system].Select(value))))
                .ToList();
            return new Row($"replay.{processes}.{id}", $"replay of a trace of keys, {where}: {title}", unit,
                Target.Reported, figures[0], figures[1])
            {
                Others = [figures[2]],
            };
        }
    }
}

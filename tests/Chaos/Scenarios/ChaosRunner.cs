using System.Diagnostics;
using CacheOrleans.Chaos.Application;
using CacheOrleans.Chaos.Cluster;
using CacheOrleans.Chaos.Histories;
using CacheOrleans.Testing;

namespace CacheOrleans.Chaos.Scenarios;

/// <summary>Runs a scenario: traffic, the fault, the recovery, and the checks.</summary>
internal static class ChaosRunner
{
    /// <summary>How long loads and failures of processes that have just started, and compile their code, do not
    /// count.</summary>
    private const int WarmUp = 8000;

    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(2);

    /// <summary>How long all calls must be as before.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(4);

    /// <summary>Runs a scenario, and returns what it has shown.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The seed of the applications and the fault.</param>
    /// <param name="length">How long the fault lasts.</param>
    /// <exception cref="NotOnThisMachineException">The machine lacks something.</exception>
    public static async Task<Figures> RunAsync(Scenario scenario, int seed, TimeSpan length)
    {
        await using var cluster = await ChaosCluster.StartAsync(scenario.Shape, seed);
        var run = new ChaosRun(cluster, new Random(seed), length);
        try
        {
            await Latency.OfAsync(WarmUp);
            var warm = CallLog.Now;
            await scenario.ActAsync(run);
            await RecoveredAsync(run, RecoveryLimit);
            await cluster.DoAsync(ApplicationHost.Quiet);
            await cluster.DoAsync(ApplicationHost.Last);
            var logLines = cluster.LogLines;
            await cluster.ReadStoreAsync();
            var figures = new Verdict(cluster.Calls(), run.Disturbances, warm).Judge(run.Ends, logLines);
            return figures.Broken.Count == 0 ? figures
                : figures with { Broken = [.. figures.Broken, $"see {cluster.WriteLogs()}"] };
        }
        catch (Exception exception) when (exception is not NotOnThisMachineException)
        {
            throw new InvalidOperationException($"{exception.Message} See {cluster.WriteLogs()}.", exception);
        }
    }

    /// <summary>Waits until all calls have been as before for a while.</summary>
    public static Task RecoveredAsync(ChaosRun run, TimeSpan limit) => Eventually.TrueAsync(
        () => Stopwatch.GetElapsedTime(Math.Max(run.Cluster.LastAbnormal, run.Ends[^1].End)) > Calm,
        "all calls are as before",
        limit);
}

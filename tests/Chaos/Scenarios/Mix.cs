using System.Diagnostics;
using CacheOrleans.Testing;

namespace CacheOrleans.Chaos.Scenarios;

/// <summary>Several scenarios, one after the other, on one cluster.</summary>
internal static class Mix
{
    /// <summary>The name of the random mix.</summary>
    public const string Soak = "soak";

    private const int LongestPause = 8000;

    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(2);

    /// <summary>Creates a mix that the seed chooses.</summary>
    public static Scenario AtRandom(TimeSpan time, TextWriter output)
    {
        Scenario[] faults = [.. AllScenarios.List.Where(scenario => scenario.IsMixed)];
        return new(Soak, $"a random mix for {time.TotalMinutes:0} minutes", "all of the above", async run =>
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                var fault = faults[run.Random.Next(faults.Length)];
                run.Length = TimeSpan.FromSeconds(run.Random.Next(4, 25));
                var now = Stopwatch.GetElapsedTime(start);
                await output.WriteLineAsync($"{now:hh\\:mm\\:ss} {fault.Name}, {run.Length.TotalSeconds:0} s");
                await ActAsync(run, fault);
                await Latency.OfAsync(run.Random.Next(LongestPause));
            }
        });
    }

    /// <summary>Creates a mix of scenarios, in the given order.</summary>
    public static Scenario Of(params IReadOnlyList<string> names) => new(
        string.Join(", ", names),
        "one after the other",
        "all of them",
        async run =>
        {
            foreach (var name in names)
            {
                await ActAsync(run, AllScenarios.List.Single(scenario => scenario.Name == name));
            }
        });

    private static async Task ActAsync(ChaosRun run, Scenario fault)
    {
        run.Next();
        await fault.ActAsync(run);
        await ChaosRunner.RecoveredAsync(run, Recovery);
    }
}

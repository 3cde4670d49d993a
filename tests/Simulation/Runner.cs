using System.Diagnostics;
using System.Globalization;
using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Simulation.Histories;

namespace CacheOrleans.Simulation;

/// <summary>Runs histories by their seeds, one after the other.</summary>
/// <param name="output">Receives what there is to read.</param>
/// <param name="sabotage">What is broken on purpose.</param>
/// <param name="checksReads">Whether the clients check their reads.</param>
internal sealed class Runner(TextWriter output, Sabotage sabotage, bool checksReads)
{
    /// <summary>How often the number of histories is written.</summary>
    public const int Progress = 200;

    private readonly IServiceProvider _services = Services.Build(checksReads);

    private GrainFactories Factories => field ??= new(_services);

    /// <summary>Runs one history, and writes what happens in it.</summary>
    /// <returns>Whether every promise held.</returns>
    public bool Replay(int seed)
    {
        var plan = Plan.Of(seed);
        Describe(plan);
        return Run(plan, output.WriteLine, out _) is null;
    }

    /// <summary>Runs a row of histories, and writes the shortest story of each that fails.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="limit">When to stop, although there are more.</param>
    /// <returns>Whether every promise held.</returns>
    public bool RunAll(IEnumerable<int> seeds, TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        var (done, failed, calls) = (0, 0, 0L);
        ulong digest = 0;
        CheckCounts checks = default;
        foreach (var seed in seeds.TakeWhile(_ => limit < TimeSpan.Zero || Stopwatch.GetElapsedTime(start) < limit))
        {
            var plan = Plan.Of(seed);
            if (Run(plan, null, out var result) is { } violation)
            {
                failed++;
                Tell(plan, violation);
            }

            done++;
            calls += result?.Calls ?? 0;
            checks += result?.Checks ?? default;
            digest = (digest * 31) + (result?.Digest ?? 0);
            if (done % Progress == 0)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Marks.Progress}{Progress}"));
            }
        }

        if (checksReads)
        {
            output.WriteLine(checks);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Marks.Result}{done} {failed} {calls} {digest:x16}"));
        return failed == 0;
    }

    private void Tell(Plan plan, Exception violation)
    {
        output.WriteLine($"{Marks.Failure}{plan.Seed}: {violation.Message}");
        var shortest = new Shrinker(shorter => Run(shorter, null, out _) is not null).Shrink(plan);
        output.WriteLine($"The shortest history of seed {plan.Seed} that fails:");
        Describe(shortest);
        _ = Run(shortest, output.WriteLine, out _);
    }

    private void Describe(Plan plan)
    {
        output.WriteLine($"{plan.Silos} silos, clients {string.Join(", ", plan.Clients)}, faults {plan.Faults}");
        foreach (var step in plan.Steps)
        {
            output.WriteLine(step);
        }
    }

    /// <summary>Runs a plan.</summary>
    /// <returns>The promise that did not hold, or the error; null if there was none.</returns>
    private Exception? Run(Plan plan, Action<string>? log, out HistoryResult? result)
    {
        result = null;
        try
        {
            result = new History(plan, _services, Factories, sabotage, log).Run();
            return null;
        }
        catch (Exception exception)
        {
            log?.Invoke(exception is ViolationException ? $"VIOLATION: {exception.Message}" : exception.ToString());
            return exception;
        }
    }
}

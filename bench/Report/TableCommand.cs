using System.Diagnostics;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Report;

/// <summary>Measures the selected rows, prints the table, and writes <c>artifacts/bench.json</c> if all rows were
/// selected.</summary>
internal static class TableCommand
{
    public static async Task RunAsync(BenchSettings settings)
    {
        var clock = Stopwatch.StartNew();
        Console.WriteLine(Machine.Describe());
        Table.PrintHead();
        List<Row> rows = [];
        List<string> times = [];
        await using (var lab = new Lab(settings))
        {
            foreach (var experiment in Experiments.All.Where(experiment => settings.Selects(experiment.Group)))
            {
                var start = clock.Elapsed;
                foreach (var row in await RowsOfAsync(experiment, lab))
                {
                    rows.Add(row);
                    Table.Print(row);
                }

                times.Add($"{experiment.Group} {(clock.Elapsed - start).TotalSeconds:F0} s");
            }
        }

        var missed = rows.Count(row => row.IsMet == false);
        Console.WriteLine($"{rows.Count} rows, {missed} of them miss their target; {clock.Elapsed:m\\:ss} ("
            + $"{string.Join(", ", times)})");
        if (settings.Charts is { } folder)
        {
            Charts.Draw(folder, rows);
        }

        if (settings.Only.Count == 0)
        {
            BenchJson.Write(
                Path.Combine(Repository.Root, "artifacts", "bench.json"), settings.IsQuick, rows);
        }
    }

    /// <summary>Returns the rows of an experiment; an error fails the run, but the other experiments still
    /// run.</summary>
    private static async Task<IReadOnlyList<Row>> RowsOfAsync(IExperiment experiment, Lab lab)
    {
        try
        {
            return await experiment.RunAsync(lab);
        }
        catch (Exception exception)
        {
            // Any exception is printed and sets the exit code.
            Console.WriteLine($"'{experiment.Group}' FAILED: {exception}");
            Environment.ExitCode = 1;
            return [];
        }
    }
}

namespace CacheOrleans.Bench.Stage;

/// <summary>The settings that decide what is measured, and for how long.</summary>
internal sealed record BenchSettings
{
    /// <summary>Whether the run takes less than a minute and its figures are rough.</summary>
    public bool IsQuick { get; init; }

    /// <summary>The prefixes of the ids of the selected rows; empty to select all rows.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>A file with the trace to replay, one key a line; null to generate a trace.</summary>
    public string? Trace { get; init; }

    /// <summary>The folder for the charts; null to draw none.</summary>
    public string? Charts { get; init; }

    /// <exception cref="ArgumentException">An argument is unknown, or names a file or a row that does not
    /// exist.</exception>
    public static BenchSettings Parse(IReadOnlyList<string> arguments)
    {
        var settings = new BenchSettings();
        for (var i = 0; i < arguments.Count; i++)
        {
            settings = arguments[i] switch
            {
                "--quick" => settings with { IsQuick = true },
                "--only" => settings with { Only = Next(arguments, ref i).Split(',') },
                "--trace" => settings with { Trace = Path.GetFullPath(Next(arguments, ref i)) },
                "--charts" => settings with { Charts = Path.GetFullPath(Next(arguments, ref i)) },
                var unknown => throw new ArgumentException($"'{unknown}' is unknown; use: table [--quick] "
                    + "[--only id,…] [--trace file] [--charts folder]."),
            };
        }

        foreach (var only in settings.Only)
        {
            if (!Experiments.All.Any(experiment => Selects(experiment.Group, only)))
            {
                throw new ArgumentException($"No row begins with '{only}'; the groups are "
                    + $"{string.Join(", ", Experiments.All.Select(experiment => experiment.Group))}.");
            }
        }

        return settings.Trace is { } trace && !File.Exists(trace)
            ? throw new ArgumentException($"There is no file '{trace}' (--trace).")
            : settings;
    }

    /// <summary>Returns whether a row, or any row of a group, is selected.</summary>
    public bool Selects(string id) => Only.Count == 0 || Only.Any(only => Selects(id, only));

    private static bool Selects(string id, string only) =>
        id.StartsWith(only, StringComparison.Ordinal) || only.StartsWith(id + ".", StringComparison.Ordinal);

    private static string Next(IReadOnlyList<string> arguments, ref int index) => ++index < arguments.Count
        ? arguments[index]
        : throw new ArgumentException($"'{arguments[index - 1]}' needs a value.");
}

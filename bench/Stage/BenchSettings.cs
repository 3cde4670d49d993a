namespace CacheOrleans.Bench.Stage;

/// <summary>What is measured, and for how long.</summary>
internal sealed record BenchSettings
{
    /// <summary>Whether the run takes less than a minute and its figures are rough.</summary>
    public bool IsQuick { get; init; }

    /// <summary>What the ids of the rows begin with that are asked for; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>A trace of keys to replay, one a line; null: one is made.</summary>
    public string? Trace { get; init; }

    /// <summary>Where the charts are drawn; null: nowhere.</summary>
    public string? Charts { get; init; }

    /// <exception cref="ArgumentException">An argument is not known, or names what is not there.</exception>
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
                var unknown => throw new ArgumentException($"'{unknown}' is not known: table [--quick] [--only id,…] "
                    + "[--trace file] [--charts folder]."),
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

    /// <summary>Whether a row, or one of a group of rows, is asked for.</summary>
    public bool Selects(string id) => Only.Count == 0 || Only.Any(only => Selects(id, only));

    private static bool Selects(string id, string only) =>
        id.StartsWith(only, StringComparison.Ordinal) || only.StartsWith(id + ".", StringComparison.Ordinal);

    private static string Next(IReadOnlyList<string> arguments, ref int index) => ++index < arguments.Count
        ? arguments[index]
        : throw new ArgumentException($"'{arguments[index - 1]}' needs a value.");
}

namespace CacheOrleans.Bench.Harness;

/// <summary>The declaration of a row of the table: the two sides that are compared, and the target.</summary>
/// <param name="Id">The name of the row: its group, a dot, and a name in the group, such as <c>hit.at-hand</c>.</param>
/// <param name="Title">A description of one operation.</param>
/// <param name="Target">The target for our side.</param>
/// <param name="Ours">Our side.</param>
/// <param name="Peer">The side that ours is compared with.</param>
internal sealed record Comparison(string Id, string Title, Target Target, Contender Ours, Contender Peer)
{
    public Unit Unit { get; init; } = Unit.Nanoseconds;

    /// <summary>The least that the work could cost; null if that cannot be run.</summary>
    public Contender? Floor { get; init; }

    /// <summary>Other contenders that the table shows.</summary>
    public IReadOnlyList<Contender> Others { get; init; } = [];

    /// <summary>Measures the contenders of all rows in turns; a contender in several rows is measured once.</summary>
    public static async Task<IReadOnlyList<Row>> RunAsync(Pace pace, IReadOnlyList<Comparison> comparisons)
    {
        var contenders = comparisons.SelectMany(comparison => comparison.Contenders)
            .DistinctBy(contender => contender.Name)
            .ToList();
        var measured = (await Duel.RunAsync(pace, contenders)).ToDictionary(measurement => measurement.Name);
        return [.. comparisons.Select(comparison => comparison.Row(measured))];
    }

    private IEnumerable<Contender> Contenders =>
        [Ours, Peer, .. Floor is null ? [] : (Contender[])[Floor], .. Others];

    private Row Row(Dictionary<string, Measurement> measured)
    {
        return new Row(Id, Title, Unit, Target, FigureOf(Ours), FigureOf(Peer))
        {
            Floor = Floor is null ? null : FigureOf(Floor),
            Others = [.. Others.Select(FigureOf)],
        };

        Figure FigureOf(Contender contender)
        {
            var (name, nanoseconds, bytes) = measured[contender.Name];
            return new Figure(name, Unit == Unit.PerSecond ? 1e9 / nanoseconds : nanoseconds, bytes);
        }
    }
}

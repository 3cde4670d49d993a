namespace CacheOrleans.Bench.Harness;

/// <summary>A row of the table as it is declared: what is held against what, and what is aimed at.</summary>
/// <param name="Id">Its name, such as <c>hit.at-hand</c>: a group, a dot, and what it is.</param>
/// <param name="Title">What one operation is.</param>
/// <param name="Target">What is aimed at.</param>
/// <param name="Ours">Our side.</param>
/// <param name="Peer">The side it is held against.</param>
internal sealed record Comparison(string Id, string Title, Target Target, Contender Ours, Contender Peer)
{
    public Unit Unit { get; init; } = Unit.Nanoseconds;

    /// <summary>The least that the work could cost; null: what that is cannot be run.</summary>
    public Contender? Floor { get; init; }

    /// <summary>What is shown besides.</summary>
    public IReadOnlyList<Contender> Others { get; init; } = [];

    /// <summary>Measures all contenders of some rows by turns; one that stands in several is measured once.</summary>
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

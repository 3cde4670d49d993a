namespace CacheOrleans.Bench.Harness;

/// <summary>A row of the table with what was measured.</summary>
/// <param name="Id">Its name, such as <c>hit.at-hand</c>.</param>
/// <param name="Title">What was measured.</param>
/// <param name="Unit">What the figures count.</param>
/// <param name="Target">What is aimed at.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Peer">The figure it is held against; null: there is none to hold it against.</param>
internal sealed record Row(string Id, string Title, Unit Unit, Target Target, Figure Ours, Figure? Peer)
{
    /// <summary>The least that the work could cost.</summary>
    public Figure? Floor { get; init; }

    /// <summary>What is shown besides.</summary>
    public IReadOnlyList<Figure> Others { get; init; } = [];

    public double? Ratio => Peer is { Value: > 0 } peer ? Ours.Value / peer.Value : null;

    public bool? IsMet => Target.IsMetBy(Ours, Ratio);
}

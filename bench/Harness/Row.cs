namespace CacheOrleans.Bench.Harness;

/// <summary>A row of the table with its measured figures.</summary>
/// <param name="Id">The name of the row, such as <c>hit.at-hand</c>.</param>
/// <param name="Title">A description of what was measured.</param>
/// <param name="Unit">The unit of the figures.</param>
/// <param name="Target">The target for our figure.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Peer">The figure of the peer library; null if the row has no peer.</param>
internal sealed record Row(string Id, string Title, Unit Unit, Target Target, Figure Ours, Figure? Peer)
{
    /// <summary>The least that the work could cost.</summary>
    public Figure? Floor { get; init; }

    /// <summary>Other figures that the table shows.</summary>
    public IReadOnlyList<Figure> Others { get; init; } = [];

    public double? Ratio => Peer is { Value: > 0 } peer ? Ours.Value / peer.Value : null;

    public bool? IsMet => Target.IsMetBy(Ours, Ratio);
}

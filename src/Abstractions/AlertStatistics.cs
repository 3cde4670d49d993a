using CacheOrleans.Alerts;

namespace CacheOrleans;

/// <summary>What there is to know of the cluster's alerts.</summary>
/// <param name="Keys">The keys that are held, were refused, or have a problem that has not ended.</param>
/// <param name="Decisions">The last 100 decisions, latest first.</param>
/// <param name="Channels">The channels that messages go to.</param>
/// <param name="MaxKeys">How many caches may be held at a time.</param>
/// <param name="Coordinator">The silo that has the coordinator, and delivers.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertStatistics")]
public sealed record AlertStatistics(
    [property: Id(0)] IReadOnlyList<AlertKeyState> Keys,
    [property: Id(1)] IReadOnlyList<AlertDecision> Decisions,
    [property: Id(2)] IReadOnlyList<string> Channels,
    [property: Id(3)] int MaxKeys,
    [property: Id(4)] string Coordinator);

using CacheOrleans.Alerts;

namespace CacheOrleans;

/// <summary>The state and the recent decisions of the cluster's alerts.</summary>
/// <param name="Keys">The keys that are in their cooldown, were refused, or have a problem that has not ended.</param>
/// <param name="Decisions">The latest 100 decisions, latest first.</param>
/// <param name="Channels">The channels that messages are sent to.</param>
/// <param name="MaxKeys">How many caches may be in their cooldown at the same time.</param>
/// <param name="Coordinator">The silo that hosts the coordinator and delivers the messages.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertStatistics")]
public sealed record AlertStatistics(
    [property: Id(0)] IReadOnlyList<AlertKeyState> Keys,
    [property: Id(1)] IReadOnlyList<AlertDecision> Decisions,
    [property: Id(2)] IReadOnlyList<string> Channels,
    [property: Id(3)] int MaxKeys,
    [property: Id(4)] string Coordinator);

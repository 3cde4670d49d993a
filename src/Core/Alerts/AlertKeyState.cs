namespace CacheOrleans.Alerts;

/// <summary>What the coordinator of alerts has on a key.</summary>
/// <param name="Hold">The hold; where its message is empty, the key was refused.</param>
/// <param name="HeldBack">What was held back since its last message; null: nothing.</param>
/// <param name="SinceFailure">How long ago it failed last; null: not known.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertKeyState")]
public sealed record AlertKeyState(
    [property: Id(0)] AlertHold Hold,
    [property: Id(1)] AlertHeldBack? HeldBack,
    [property: Id(2)] TimeSpan? SinceFailure);

namespace CacheOrleans.Alerts;

/// <summary>What the coordinator of alerts has on a key.</summary>
/// <param name="Hold">The cooldown; where its message is empty, the key was refused.</param>
/// <param name="Suppressed">What was held back since its last message; null: nothing.</param>
/// <param name="SinceFailure">How long ago it failed last; null: not known.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertKeyState")]
public sealed record AlertKeyState(
    [property: Id(0)] AlertCooldown Hold,
    [property: Id(1)] SuppressedFailures? Suppressed,
    [property: Id(2)] TimeSpan? SinceFailure);

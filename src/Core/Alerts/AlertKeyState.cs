namespace CacheOrleans.Alerts;

/// <summary>The state of a key at the coordinator of alerts.</summary>
/// <param name="Cooldown">The key's cooldown; if its message is empty, the key was refused.</param>
/// <param name="Suppressed">The failures suppressed since the last message about the key; null if there were none.
/// </param>
/// <param name="SinceFailure">How long ago the key last failed; null if unknown.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertKeyState")]
public sealed record AlertKeyState(
    [property: Id(0)] AlertCooldown Cooldown,
    [property: Id(1)] SuppressedFailures? Suppressed,
    [property: Id(2)] TimeSpan? SinceFailure);

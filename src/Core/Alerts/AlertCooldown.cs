namespace CacheOrleans.Alerts;

/// <summary>The cooldown of a key, as of the moment it is sent.</summary>
/// <param name="Key">The key.</param>
/// <param name="Message">The id of the last message about the key; empty if the key was refused because too many caches
/// were in their cooldown.</param>
/// <param name="AllowedIn">How long until the key may alert. If zero or less, it may alert now, and is kept because
/// there is still something to announce about it.</param>
/// <param name="IsOpen">Whether the key's problem was announced and has not ended.</param>
/// <param name="SinceMessage">How long ago the last message about the key was decided, or the key was first refused.
/// </param>
/// <param name="FailingFor">How long ago the key's problem began.</param>
/// <param name="Failure">The failure that was announced last.</param>
/// <param name="IsLocal">Whether a silo decided this locally, so that the coordinator does not know it yet.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertCooldown")]
public sealed record AlertCooldown(
    [property: Id(0)] AlertKey Key,
    [property: Id(1)] Guid Message,
    [property: Id(2)] TimeSpan AllowedIn,
    [property: Id(3)] bool IsOpen,
    [property: Id(4)] TimeSpan SinceMessage,
    [property: Id(5)] TimeSpan FailingFor,
    [property: Id(6)] AlertFailure? Failure,
    [property: Id(7)] bool IsLocal);

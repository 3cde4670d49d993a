namespace CacheOrleans.Alerts;

/// <summary>A key that is held, as of the moment it is sent.</summary>
/// <param name="Key">The key.</param>
/// <param name="Message">The last message about it; empty when it was refused, for there was no room.</param>
/// <param name="AllowedIn">How long until it may alert; zero or less: it may, and is kept for what it still has to
/// tell.
/// </param>
/// <param name="IsOpen">Whether its problem was announced and has not ended.</param>
/// <param name="SinceMessage">How long ago its last message was decided, or it was first refused.</param>
/// <param name="FailingFor">How long ago its problem began.</param>
/// <param name="Failure">The failure that was last told of.</param>
/// <param name="IsLocal">Whether a silo decided it alone, so that the coordinator has yet to learn it.</param>
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

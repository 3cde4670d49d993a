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

/// <summary>A decision of the alerts' coordinator.</summary>
/// <param name="At">When it was made, by the coordinator's clock.</param>
/// <param name="Key">The subject of the alert.</param>
/// <param name="Notice">The message; null when nothing is sent because the maximum number of keys was reached.</param>
/// <param name="Deliveries">The state of the message's delivery on each channel.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertDecision")]
public sealed record AlertDecision(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] AlertKey Key,
    [property: Id(2)] AlertNotice? Notice,
    [property: Id(3)] IReadOnlyList<AlertDelivery> Deliveries);

/// <summary>The delivery of a message on one channel.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="State">The state of the delivery.</param>
/// <param name="Error">Why the delivery was abandoned; null when it was not.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertDelivery")]
public sealed record AlertDelivery(
    [property: Id(0)] string Channel, [property: Id(1)] AlertDeliveryState State, [property: Id(2)] string? Error);

/// <summary>The state of a message's delivery.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertDeliveryState")]
public enum AlertDeliveryState
{
    /// <summary>The message waits for its turn, or its delivery is being attempted.</summary>
    Pending,

    /// <summary>The channel accepted the message.</summary>
    Delivered,

    /// <summary>The channel rejected the message, or did not accept it before its deadline.</summary>
    GivenUp,
}

/// <summary>The result of a test message, which is sent on request to check whether messages arrive.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Deliveries">The state of its delivery on each channel.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertTest")]
public sealed record AlertTest(
    [property: Id(0)] Guid Id, [property: Id(1)] IReadOnlyList<AlertDelivery> Deliveries);

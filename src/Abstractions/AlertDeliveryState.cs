namespace CacheOrleans;

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

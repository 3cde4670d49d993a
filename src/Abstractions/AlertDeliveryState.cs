namespace CacheOrleans;

/// <summary>How far the delivery of a message is.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertDeliveryState")]
public enum AlertDeliveryState
{
    /// <summary>It waits its turn, or is being tried.</summary>
    Pending,

    /// <summary>The channel took it.</summary>
    Delivered,

    /// <summary>It was refused, or not taken before its deadline.</summary>
    GivenUp,
}

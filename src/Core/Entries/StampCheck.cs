namespace CacheOrleans.Entries;

/// <summary>What the owner of an entry knows about when the value with a stamp ended.</summary>
/// <param name="State">Whether it has ended.</param>
/// <param name="EndedAgo">How long ago it ended, by the owner's clock; zero unless it has ended.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.StampCheck")]
public readonly record struct StampCheck(
    [property: Id(0)] StampState State, [property: Id(1)] TimeSpan EndedAgo = default);

/// <summary>Whether the value with a stamp has ended.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.StampState")]
public enum StampState
{
    /// <summary>The owner does not know, for example because it has had the entry for less time than the value exists,
    /// or has nothing in memory.</summary>
    Unknown,

    /// <summary>The value has not been changed; it may have expired.</summary>
    Current,

    /// <summary>A change has ended it.</summary>
    Ended,

    /// <summary>A change has ended it at that time or earlier.</summary>
    EndedEarlier,
}

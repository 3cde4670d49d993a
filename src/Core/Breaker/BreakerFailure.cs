namespace CacheOrleans.Breaker;

/// <summary>One failure of the store that counts.</summary>
/// <param name="Name">The cache whose call failed.</param>
/// <param name="Age">How long ago.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerFailure")]
public readonly record struct BreakerFailure([property: Id(0)] string Name, [property: Id(1)] TimeSpan Age);

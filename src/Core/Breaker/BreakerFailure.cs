namespace CacheOrleans.Breaker;

/// <summary>One failure that counts against the store's health.</summary>
/// <param name="Name">The cache whose call failed.</param>
/// <param name="Age">How long ago the call failed.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerFailure")]
public readonly record struct BreakerFailure([property: Id(0)] string Name, [property: Id(1)] TimeSpan Age);

namespace CacheOrleans;

/// <summary>How long the entries of a cache live, as declared by a caller.</summary>
/// <remarks>It applies only if the silos have not registered the cache; a registered cache keeps its own settings.
/// </remarks>
/// <param name="TimeToLive">How long a value lives.</param>
/// <param name="NotFoundTimeToLive">How long it is remembered that there is no value.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheLife")]
public sealed record CacheLife(
    [property: Id(0)] TimeSpan TimeToLive, [property: Id(1)] TimeSpan NotFoundTimeToLive);

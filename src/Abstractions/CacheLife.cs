namespace CacheOrleans;

/// <summary>How long the entries of a cache live, as its caller declares it.</summary>
/// <remarks>It counts where the silos have not registered the cache; a registered cache keeps its own.</remarks>
/// <param name="TimeToLive">How long a value lives.</param>
/// <param name="NotFoundTimeToLive">How long it is remembered that there is none.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheLife")]
public sealed record CacheLife(
    [property: Id(0)] TimeSpan TimeToLive, [property: Id(1)] TimeSpan NotFoundTimeToLive);

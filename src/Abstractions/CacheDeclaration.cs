namespace CacheOrleans;

/// <summary>The declaration of a cache that a client sends to a silo that does not know the cache.</summary>
/// <param name="Name">The cache's name.</param>
/// <param name="Template">The pattern of its keys.</param>
/// <param name="Life">How long its entries live.</param>
/// <param name="ContentType">The media type of its values; null: not known.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheDeclaration")]
public sealed record CacheDeclaration(
    [property: Id(0)] string Name,
    [property: Id(1)] string Template,
    [property: Id(2)] CacheLife Life,
    [property: Id(3)] string? ContentType = null);

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

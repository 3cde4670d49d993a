namespace CacheOrleans;

/// <summary>What a client tells a silo of a cache that the silo does not know.</summary>
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

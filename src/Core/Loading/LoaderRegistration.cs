namespace CacheOrleans.Loading;

/// <summary>Tells that a loader is registered for a cache, under the cache's name as its service key.</summary>
/// <param name="Cache">The cache's name.</param>
public sealed record LoaderRegistration(string Cache);

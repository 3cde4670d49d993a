namespace CacheOrleans.Loading;

/// <summary>Records that a loader is registered for a cache, with the cache's name as its service key.</summary>
/// <param name="Cache">The cache's name.</param>
public sealed record LoaderRegistration(string Cache);

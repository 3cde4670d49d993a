namespace CacheOrleans;

/// <summary>Thrown when the fallback of a cache fails; the fallback's own exception is the inner exception.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.CacheFallbackException")]
public sealed class CacheFallbackException : Exception
{
    /// <summary>Wraps a fallback's exception.</summary>
    /// <param name="cache">The cache's name.</param>
    /// <param name="error">The exception that the fallback threw.</param>
    public CacheFallbackException(string cache, Exception error)
        : base($"The fallback of cache '{cache}' failed: {error?.Message}", error)
    {
        Cache = cache;
    }

    /// <summary>The cache's name.</summary>
    [Id(0)]
    public string Cache { get; private set; }
}

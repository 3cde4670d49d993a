namespace CacheOrleans.Grains.Registration;

/// <summary>One cache under <c>Caches</c> in configuration.</summary>
internal sealed class CacheSettings
{
    public string? Key { get; set; }

    public TimeSpan? TimeToLive { get; set; }

    public TimeSpan? NotFoundTimeToLive { get; set; }

    public TimeSpan? FallbackTimeout { get; set; }

    public string? ContentType { get; set; }

    /// <summary>The fallback's own settings, read by whoever provides such fallbacks.</summary>
    public Dictionary<string, string>? Fallback { get; set; }
}

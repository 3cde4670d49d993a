namespace CacheOrleans.Grains.Registration;

/// <summary>One cache under <c>Caches</c> in configuration.</summary>
public sealed class CacheSettings
{
    /// <summary>The configuration section whose subsections are caches, each under its name.</summary>
    public const string SectionName = "Caches";

    /// <summary>The subsection of a cache with the settings of its fallback, read by the project that provides the
    /// fallback.</summary>
    public const string FallbackSection = "Fallback";

    /// <summary>The pattern of the keys, such as <c>country:{code}</c>.</summary>
    /// <value>Required.</value>
    public string? Key { get; set; }

    /// <summary>How long an entry lives.</summary>
    /// <value>Required; 1 millisecond to 3650 days.</value>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>How long the cache remembers that the fallback found nothing.</summary>
    /// <value>The default value is 30 seconds; 1 millisecond to 3650 days.</value>
    public TimeSpan? NotFoundTimeToLive { get; set; }

    /// <summary>The time limit of one run of the fallback.</summary>
    /// <value>The default value is 30 seconds; 1 millisecond to 30 seconds.</value>
    public TimeSpan? FallbackTimeout { get; set; }

    /// <summary>The media type of the values, used where they are served over HTTP.</summary>
    /// <value>The default value is <c>application/json</c>.</value>
    public string? ContentType { get; set; }
}

namespace CacheOrleans.Client;

/// <summary>Overrides the cache's definition for one call; null, or a property that is not set, means what the
/// definition says.</summary>
/// <remarks>Immutable: one instance may serve every call.</remarks>
public sealed class CacheCallOptions
{
    /// <summary>The longest <see cref="FallbackTimeout"/>: one hour.</summary>
    public static readonly TimeSpan MaxFallbackTimeout = TimeSpan.FromHours(1);

    /// <summary>How long the value lives; 1 ms to ten years. With <see cref="SlidingExpiration"/> it is the longest
    /// total life.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>How long this process may keep a copy, limited by the client's near-lease. Zero: no copy is kept, and
    /// an existing copy is not used.</summary>
    public TimeSpan? NearLease { get; init; }

    /// <summary>How long the value lives after each read; allowed only for a set. Such a value has no copies.</summary>
    public TimeSpan? SlidingExpiration { get; init; }

    /// <summary>The value's tags, by which <see cref="ICacheClient.RemoveByTagAsync"/> removes it.</summary>
    public IReadOnlyCollection<string>? Tags { get; init; }

    /// <summary>How long the fallback of a read may take before it is canceled and the next caller's fallback
    /// runs.</summary>
    /// <value>The default value is that of the definition, which is 30 seconds unless it is set; 1 millisecond to
    /// <see cref="MaxFallbackTimeout"/>.</value>
    public TimeSpan? FallbackTimeout { get; init; }

    /// <summary>Whether a set waits until Redis has the value.</summary>
    public bool WriteThrough { get; init; }

    /// <summary>Whether a copy in this process may be returned.</summary>
    internal bool UsesCopies => NearLease != TimeSpan.Zero;
}

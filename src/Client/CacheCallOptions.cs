namespace CacheOrleans.Client;

/// <summary>What is special about one call; null, or a property that is not set, is what the definition says.</summary>
/// <remarks>Immutable: one instance may serve every call.</remarks>
public sealed class CacheCallOptions
{
    /// <summary>The longest <see cref="FallbackTimeout"/>: one hour.</summary>
    public static readonly TimeSpan MaxFallbackTimeout = TimeSpan.FromHours(1);

    /// <summary>How long the value lives; 1 ms to ten years. With <see cref="SlidingExpiration"/>, at the
    /// most.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>How long this process may keep a copy, at most the client's near-lease. Zero: it keeps none, and one
    /// that it has does not answer.</summary>
    public TimeSpan? NearLease { get; init; }

    /// <summary>How long the value lives after each read; only with a set. Such a value has no copies.</summary>
    public TimeSpan? SlidingExpiration { get; init; }

    /// <summary>The value's tags, by which <see cref="ICacheClient.RemoveByTagAsync"/> finds it.</summary>
    public IReadOnlyCollection<string>? Tags { get; init; }

    /// <summary>How long the fallback of a read may take, before it is cancelled and the next caller's fallback runs.
    /// </summary>
    /// <value>The default value is the definition's, which is 30 seconds; 1 millisecond to
    /// <see cref="MaxFallbackTimeout"/>.</value>
    public TimeSpan? FallbackTimeout { get; init; }

    /// <summary>Whether a set waits until Redis has the value.</summary>
    public bool WriteThrough { get; init; }

    /// <summary>Whether a copy may answer.</summary>
    internal bool UsesCopies => NearLease != TimeSpan.Zero;
}

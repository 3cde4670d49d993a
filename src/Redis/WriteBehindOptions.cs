using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Redis;

/// <summary>How writes are queued for Redis, and how they are sent.</summary>
public sealed class WriteBehindOptions
{
    /// <summary>The configuration section that these options are read from.</summary>
    public const string SectionName = "WriteBehind";

    /// <summary>How many values may wait. Beyond this number the oldest value is dropped; if it was set rather than
    /// loaded, a remove takes its place.</summary>
    /// <value>The default value is 100,000 values; 1 to 10,000,000.</value>
    [Range(1, 10_000_000)]
    public int Capacity { get; set; } = 100_000;

    /// <summary>How many removes may wait. Beyond this number the cache that has the most of them is ended as a whole:
    /// everything that the backing store has of this cache, unless it is newer, counts as missing.</summary>
    /// <value>The default value is 100,000 removes; 1 to 10,000,000.</value>
    [Range(1, 10_000_000)]
    public int RemoveCapacity { get; set; } = 100_000;

    /// <summary>How many writes one batch may have.</summary>
    /// <value>The default value is 512 writes; 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 512;

    /// <summary>How long a stopping silo may take to hand over its waiting writes to other silos. It has the same time
    /// again to send the writes that no silo took, even while the breaker is open; the rest is dropped.</summary>
    /// <value>The default value is 10 seconds; 0 to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after a failed batch. It doubles, with jitter, while no write succeeds.</summary>
    /// <value>The default value is 100 milliseconds; 1 millisecond to 1 minute, not above
    /// <see cref="MaxRetryDelay"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause after a failed batch.</summary>
    /// <value>The default value is 5 seconds; 1 millisecond to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many writes per second are sent from those that were held while Redis failed or its breaker was
    /// open.</summary>
    /// <value>The default value is 20,000 writes per second; 1 to 10,000,000. It limits only the writes that were held.
    /// </value>
    [Range(1, 10_000_000)]
    public int RecoveryRate { get; set; } = 20_000;
}

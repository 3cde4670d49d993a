using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Redis;

/// <summary>How writes wait for Redis.</summary>
public sealed class WriteBehindOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "WriteBehind";

    /// <summary>How many values may wait. Beyond it the oldest is dropped; a remove takes the place of one that was
    /// set.</summary>
    /// <value>The default value is 100,000 values; 1 to 10,000,000.</value>
    [Range(1, 10_000_000)]
    public int Capacity { get; set; } = 100_000;

    /// <summary>How many removes may wait. Beyond it the cache that has the most of them is ended as a whole: whatever
    /// the backing store has of it that is not newer counts as missing.</summary>
    /// <value>The default value is 100,000 removes; 1 to 10,000,000.</value>
    [Range(1, 10_000_000)]
    public int RemoveCapacity { get; set; } = 100_000;

    /// <summary>How many writes are sent at once.</summary>
    /// <value>The default value is 512 writes; 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 512;

    /// <summary>How long a stopping silo may take to hand what still waits to other silos, and as long again to write
    /// what none has taken, whatever the breaker says; the rest is dropped.</summary>
    /// <value>The default value is 10 seconds; 0 to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after a batch that failed; it doubles while nothing gets through, with jitter.</summary>
    /// <value>The default value is 100 milliseconds; 1 millisecond to 1 minute, not above
    /// <see cref="MaxRetryDelay"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause after a batch that failed.</summary>
    /// <value>The default value is 5 seconds; 1 millisecond to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many writes a second are sent of those that were held while Redis failed or its breaker was open.
    /// </summary>
    /// <value>The default value is 20,000 writes a second; 1 to 10,000,000. It bounds nothing while all is well.
    /// </value>
    [Range(1, 10_000_000)]
    public int RecoveryRate { get; set; } = 20_000;
}

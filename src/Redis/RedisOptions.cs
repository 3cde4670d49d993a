using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Redis;

/// <summary>How silos connect to the cache's Redis.</summary>
public sealed class RedisOptions
{
    /// <summary>The configuration section that these options are read from.</summary>
    public const string SectionName = "Redis";

    /// <summary>How long one attempt to connect may take.</summary>
    /// <value>The default value is 2 seconds; 100 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a read may take before the fallback runs instead.</summary>
    /// <value>The default value is 250 milliseconds; 1 millisecond to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a batch of writes may take.</summary>
    /// <value>The default value is 1 second; 1 millisecond to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The prefix of every key, before a colon. Two clusters that share one Redis need different prefixes.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the cluster's id. 1 to 64 characters without white space.
    /// </value>
    [Required]
    [RegularExpression(
        @"\S{1,64}",
        ErrorMessage = "The field {0} must be 1 to 64 characters without white space; by default: the cluster's id.")]
    public string? KeyPrefix { get; set; }
}

using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Redis;

/// <summary>How the cache's Redis is reached.</summary>
public sealed class RedisOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Redis";

    /// <summary>How long one attempt to connect may take.</summary>
    /// <value>The default value is 2 seconds; 100 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a read may take before the fallback is asked instead.</summary>
    /// <value>The default value is 250 milliseconds; 1 millisecond to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a batch of writes may take.</summary>
    /// <value>The default value is 1 second; 1 millisecond to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What every key begins with, before a colon. Two clusters on one Redis need two prefixes.</summary>
    /// <value>The default value is <see langword="null"/>: the cluster's id. 1 to 64 characters without white space.
    /// </value>
    [Required]
    [RegularExpression(
        @"\S{1,64}",
        ErrorMessage = "The field {0} must be 1 to 64 characters without white space; by default: the cluster's id.")]
    public string? KeyPrefix { get; set; }
}

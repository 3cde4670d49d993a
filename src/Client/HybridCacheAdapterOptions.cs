using System.ComponentModel.DataAnnotations;
using CacheOrleans.Client.Adapters;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client;

/// <summary>How a <see cref="HybridCache"/> over the cluster works; named like the options of Microsoft's.</summary>
public sealed class HybridCacheAdapterOptions : IValidatableObject
{
    /// <summary>The configuration section these are read from; <c>CacheOrleans:HybridCaches:{key}</c> has what differs
    /// for a keyed one.</summary>
    public const string SectionName = "CacheOrleans:HybridCache";

    /// <summary>The name of the cache in the cluster. Applications with the same name share values.</summary>
    /// <value>The default value is <c>hybrid</c>, and <c>hybrid.{key}</c> for a keyed one. Letters, digits, <c>_</c>,
    /// <c>-</c>, <c>.</c>; 64 at most.</value>
    [Required]
    [RegularExpression(AdapterKeys.CacheNames)]
    public string? CacheName { get; set; }

    /// <summary>What counts where a call says nothing.</summary>
    /// <value>The default value is <see langword="null"/>: an expiration of 5 minutes and no flags. Expirations are
    /// positive.</value>
    public HybridCacheEntryOptions? DefaultEntryOptions { get; set; }

    /// <summary>How long a factory keeps other callers waiting. Its own caller goes on waiting for it, and the others
    /// run theirs.</summary>
    /// <value>The default value is 30 seconds; 1 millisecond to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan FallbackTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest value, in bytes; a larger one is logged and not stored.</summary>
    /// <value>The default value is 1,048,576 (1 MiB); 1 to 536,870,912. What the client
    /// sends (<c>CacheOrleans:Limits:MaxValueBytes</c>) and what the silos take (<c>Limits:MaxValueBytes</c>) are other
    /// limits.</value>
    [Range(1, 536_870_912)]
    public int MaximumPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>The longest key, in characters; a longer one is logged, and its factory run without the
    /// cache.</summary>
    /// <value>The default value is 1024; 1 to 1,048,576.</value>
    [Range(1, 1_048_576)]
    public int MaximumKeyLength { get; set; } = 1024;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DefaultEntryOptions is { } defaults
            && (defaults.Expiration <= TimeSpan.Zero || defaults.LocalCacheExpiration <= TimeSpan.Zero))
        {
            yield return new ValidationResult("An expiration is positive.", [nameof(DefaultEntryOptions)]);
        }
    }
}

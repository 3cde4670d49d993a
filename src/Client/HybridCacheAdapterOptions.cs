using System.ComponentModel.DataAnnotations;
using CacheOrleans.Client.Adapters;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client;

/// <summary>Configures a <see cref="HybridCache"/> that stores its values in the cluster. The options have the names of
/// Microsoft's.</summary>
public sealed class HybridCacheAdapterOptions : IAdapterOptions, IValidatableObject
{
    /// <summary>The configuration section of these options; <c>CacheOrleans:HybridCaches:{key}</c> overrides it for a
    /// keyed cache.</summary>
    public const string SectionName = "CacheOrleans:HybridCache";

    /// <summary>The name of the cache in the cluster. Applications with the same name share values.</summary>
    /// <value>The default value is <c>hybrid</c>, or <c>hybrid.{key}</c> for a keyed cache. Letters, digits, <c>_</c>,
    /// <c>-</c>, <c>.</c>; at most 64 characters.</value>
    [Required]
    [RegularExpression(AdapterKeys.CacheNames)]
    public string? CacheName { get; set; }

    /// <summary>The entry options of calls that specify none.</summary>
    /// <value>The default value is <see langword="null"/>: an expiration of 5 minutes and no flags. Expirations must be
    /// positive.</value>
    public HybridCacheEntryOptions? DefaultEntryOptions { get; set; }

    /// <summary>How long other callers wait for a factory. Its own caller continues to wait after that, and the others
    /// run their own factories.</summary>
    /// <value>The default value is 30 seconds; 1 millisecond to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan FallbackTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest size of a value in bytes; a larger value is logged and not stored.</summary>
    /// <value>The default value is 1,048,576 (1 MiB); 1 to 536,870,912. The client
    /// (<c>CacheOrleans:Limits:MaxValueBytes</c>) and the silos (<c>Limits:MaxValueBytes</c>) have limits of their own.
    /// </value>
    [Range(1, 536_870_912)]
    public int MaximumPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>The longest key in characters. A longer key is logged, and its factory runs without the
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
            yield return new ValidationResult(
                "Expiration and LocalCacheExpiration must be positive.", [nameof(DefaultEntryOptions)]);
        }
    }
}

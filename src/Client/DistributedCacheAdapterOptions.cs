using System.ComponentModel.DataAnnotations;
using CacheOrleans.Client.Adapters;
using Microsoft.Extensions.Caching.Distributed;

namespace CacheOrleans.Client;

/// <summary>Configures an <see cref="IDistributedCache"/> that stores its values in the cluster.</summary>
public sealed class DistributedCacheAdapterOptions : IAdapterOptions
{
    /// <summary>The configuration section of these options; <c>CacheOrleans:DistributedCaches:{key}</c> overrides it
    /// for a keyed cache.</summary>
    public const string SectionName = "CacheOrleans:DistributedCache";

    /// <summary>The name of the cache in the cluster. Applications with the same name share values.</summary>
    /// <value>The default value is <c>distributed</c>, or <c>distributed.{key}</c> for a keyed cache. Letters, digits,
    /// <c>_</c>, <c>-</c>, <c>.</c>; at most 64 characters.</value>
    [Required]
    [RegularExpression(AdapterKeys.CacheNames)]
    public string? CacheName { get; set; }

    /// <summary>How long this process may keep a copy of a value that has no sliding expiration, limited by the
    /// client's near-lease.</summary>
    /// <value>The default value is zero: every read goes to the cluster, as every read of Microsoft's Redis cache goes
    /// to Redis. 0 to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan NearLease { get; set; }
}

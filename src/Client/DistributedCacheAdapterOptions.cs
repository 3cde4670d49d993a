using System.ComponentModel.DataAnnotations;
using CacheOrleans.Client.Adapters;
using Microsoft.Extensions.Caching.Distributed;

namespace CacheOrleans.Client;

/// <summary>How an <see cref="IDistributedCache"/> over the cluster works.</summary>
public sealed class DistributedCacheAdapterOptions
{
    /// <summary>The configuration section these are read from; <c>CacheOrleans:DistributedCaches:{key}</c> has what
    /// differs for a keyed one.</summary>
    public const string SectionName = "CacheOrleans:DistributedCache";

    /// <summary>The name of the cache in the cluster. Applications with the same name share values.</summary>
    /// <value>The default value is <c>distributed</c>, and <c>distributed.{key}</c> for a keyed one. Letters, digits,
    /// <c>_</c>, <c>-</c>, <c>.</c>; 64 at most.</value>
    [Required]
    [RegularExpression(AdapterKeys.CacheNames)]
    public string? CacheName { get; set; }

    /// <summary>How long this process may keep a copy of a value that has no sliding expiration; at most the client's
    /// near-lease.</summary>
    /// <value>The default value is zero: every read asks the cluster, as every read of Microsoft's asks Redis. 0 to 1
    /// hour.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan NearLease { get; set; }
}

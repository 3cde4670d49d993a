using System.ComponentModel.DataAnnotations;
using CacheOrleans.Keys;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client;

/// <summary>How much a client keeps, and how long it waits.</summary>
public sealed class CacheClientOptions
{
    /// <summary>The configuration section these are read from; <c>CacheOrleans:Clients:{name}</c> has what differs for
    /// a named client.</summary>
    public const string SectionName = "CacheOrleans";

    /// <summary>How long this process may keep a copy of a value; it is also the longest that a copy may be out of date
    /// when a silo or a message is lost.</summary>
    /// <value>The default value is 10 seconds; 0 to 1 hour. Zero: no copies.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan NearLease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most copies of the values of one definition.</summary>
    /// <value>The default value is 10,000; 0 to 10,000,000. Zero: no copies.</value>
    [Range(0, 10_000_000)]
    public int NearMaxEntries { get; set; } = 10_000;

    /// <summary>The most memory for the copies of all definitions, in bytes, as serialized and with about 400 bytes for
    /// each. One copy takes a quarter at most.</summary>
    /// <value>The default value is 67,108,864 (64 MiB); 0 to 2^40. Zero: no copies.</value>
    [Range(0, 1L << 40)]
    public long NearMaxBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How long the cluster may be silent, beyond what it was told it may take, before a call does without.
    /// </summary>
    /// <value>The default value is 1 second; 100 milliseconds to 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long calls wait for the first connection, from when it is begun, before they do without; an
    /// application with an Orleans client or silo of its own is connected already.</summary>
    /// <value>The default value is 3 seconds; 0 to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a call that cannot do without the cluster tries to reach it.</summary>
    /// <value>The default value is 5 seconds; 100 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How large the keys and values may be that this process sends; the silos have the same limits under
    /// <c>Limits</c>.</summary>
    /// <value>Each has the default value and the bounds of the silos' own.</value>
    [ValidateObjectMembers]
    public CacheLimits Limits { get; set; } = new();
}

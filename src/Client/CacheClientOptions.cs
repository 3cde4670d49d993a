using System.ComponentModel.DataAnnotations;
using CacheOrleans.Keys;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client;

/// <summary>Limits the copies that a client keeps and the time that it waits.</summary>
public sealed class CacheClientOptions
{
    /// <summary>The configuration section of these options; <c>CacheOrleans:Clients:{name}</c> overrides it for a named
    /// client.</summary>
    public const string SectionName = "CacheOrleans";

    /// <summary>How long this process may keep a copy of a value. This is also the longest time that a copy can be
    /// stale when a silo or a message is lost.</summary>
    /// <value>The default value is 10 seconds; 0 to 1 hour. Zero: no copies.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan NearLease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest number of copies for one cache definition.</summary>
    /// <value>The default value is 10,000; 0 to 10,000,000. Zero: no copies.</value>
    [Range(0, 10_000_000)]
    public int NearMaxEntries { get; set; } = 10_000;

    /// <summary>The largest total size of the copies of all definitions in bytes: their serialized values, and about
    /// 400 bytes for each copy. A single copy may use a quarter of it at most.</summary>
    /// <value>The default value is 67,108,864 (64 MiB); 0 to 2^40. Zero: no copies.</value>
    [Range(0, 1L << 40)]
    public long NearMaxBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How long a call waits for a response, beyond the time that the silos were allowed to take, before it
    /// proceeds without the cluster.</summary>
    /// <value>The default value is 1 second; 100 milliseconds to 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long calls wait for the first connection, from its start, before they proceed without the cluster.
    /// An application with its own Orleans client or silo is already connected.</summary>
    /// <value>The default value is 3 seconds; 0 to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a call that cannot proceed without the cluster tries to reach it.</summary>
    /// <value>The default value is 5 seconds; 100 milliseconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many reads there are for each one whose coherence is checked: some seconds after the read, the
    /// owner is asked whether the value that was read had ended before.</summary>
    /// <value>The default value is 10,000; 0 to 1,000,000,000. Zero: no read is checked.</value>
    [Range(0, 1_000_000_000)]
    public int CoherenceSampleOneIn { get; set; } = 10_000;

    /// <summary>How many reads are checked in a second at most.</summary>
    /// <value>The default value is 10; 1 to 100.</value>
    [Range(1, 100)]
    public int CoherenceMaxPerSecond { get; set; } = 10;

    /// <summary>The size limits of the keys and values that this process sends; the silos have the same limits under
    /// <c>Limits</c>.</summary>
    /// <value>Each limit has the default value and the range of the silos' limit.</value>
    [ValidateObjectMembers]
    public CacheLimits Limits { get; set; } = new();
}

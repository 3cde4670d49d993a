using CacheOrleans.Definitions;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Hybrid;

/// <summary>What a call asks for: what the call says, and where it is silent what the defaults say.</summary>
/// <param name="Flags">What is left out.</param>
/// <param name="Expiration">How long the value lives.</param>
/// <param name="LocalExpiration">How long a copy in this process does; at most as long as the value.</param>
internal readonly record struct HybridReadOptions(
    HybridCacheEntryFlags Flags, TimeSpan Expiration, TimeSpan LocalExpiration)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private static readonly HybridReadOptions Builtin =
        new(HybridCacheEntryFlags.None, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));

    /// <summary>Whether a copy is good enough.</summary>
    public bool ReadsLocal => (Flags & HybridCacheEntryFlags.DisableLocalCacheRead) == 0;

    /// <summary>Whether a copy is kept.</summary>
    public bool WritesLocal => (Flags & HybridCacheEntryFlags.DisableLocalCacheWrite) == 0;

    /// <summary>Whether the cluster is asked.</summary>
    public bool ReadsDistributed => (Flags & HybridCacheEntryFlags.DisableDistributedCacheRead) == 0;

    /// <summary>Whether the cluster keeps what the factory made.</summary>
    public bool WritesDistributed => (Flags & HybridCacheEntryFlags.DisableDistributedCacheWrite) == 0;

    /// <summary>Whether the factory may be run.</summary>
    public bool RunsFactory => (Flags & HybridCacheEntryFlags.DisableUnderlyingData) == 0;

    /// <summary>The options of calls that say nothing.</summary>
    public static HybridReadOptions Of(HybridCacheEntryOptions? defaults) => Builtin.With(defaults);

    /// <summary>The options of a call.</summary>
    /// <remarks>An expiration that the call gives is also that of the copy, unless the call gives one for the copy: the
    /// default for copies does not count then.</remarks>
    public HybridReadOptions With(HybridCacheEntryOptions? call)
    {
        if (call is null)
        {
            return this;
        }

        var local = call.LocalCacheExpiration ?? call.Expiration ?? LocalExpiration;
        return new(
            call.Flags ?? Flags,
            InRange(call.Expiration ?? Expiration),
            InRange(call.Expiration < local ? call.Expiration.Value : local));
    }

    /// <summary>What the cluster can do. What has passed has passed.</summary>
    private static TimeSpan InRange(TimeSpan expiration) =>
        expiration > CacheDefinition.MaxTimeToLive ? CacheDefinition.MaxTimeToLive
        : expiration > TimeSpan.Zero && expiration < Shortest ? Shortest
        : expiration;
}

using CacheOrleans.Definitions;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Hybrid;

/// <summary>The effective options of a call: its own, and the defaults where it sets none.</summary>
/// <param name="Flags">The disabled steps.</param>
/// <param name="Expiration">How long the value lives.</param>
/// <param name="LocalExpiration">How long a copy in this process lives; at most as long as the value.</param>
internal readonly record struct HybridReadOptions(
    HybridCacheEntryFlags Flags, TimeSpan Expiration, TimeSpan LocalExpiration)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private static readonly HybridReadOptions Builtin =
        new(HybridCacheEntryFlags.None, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));

    /// <summary>Whether a copy may be returned.</summary>
    public bool ReadsLocal => (Flags & HybridCacheEntryFlags.DisableLocalCacheRead) == 0;

    /// <summary>Whether a copy is kept.</summary>
    public bool WritesLocal => (Flags & HybridCacheEntryFlags.DisableLocalCacheWrite) == 0;

    /// <summary>Whether the value is read from the cluster.</summary>
    public bool ReadsDistributed => (Flags & HybridCacheEntryFlags.DisableDistributedCacheRead) == 0;

    /// <summary>Whether the cluster stores the value that the factory makes.</summary>
    public bool WritesDistributed => (Flags & HybridCacheEntryFlags.DisableDistributedCacheWrite) == 0;

    /// <summary>Whether the factory may be run.</summary>
    public bool RunsFactory => (Flags & HybridCacheEntryFlags.DisableUnderlyingData) == 0;

    /// <summary>Returns the options of calls that set none.</summary>
    public static HybridReadOptions Of(HybridCacheEntryOptions? defaults) => Builtin.With(defaults);

    /// <summary>Returns the options of a call, with these options as the defaults.</summary>
    /// <remarks>An expiration of the call also applies to the copy, unless the call has a separate one for the copy:
    /// the default for copies is then ignored.</remarks>
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

    /// <summary>Limits an expiration to the range that the cluster supports. One that has already passed is not
    /// changed.</summary>
    private static TimeSpan InRange(TimeSpan expiration) =>
        expiration > CacheDefinition.MaxTimeToLive ? CacheDefinition.MaxTimeToLive
        : expiration > TimeSpan.Zero && expiration < Shortest ? Shortest
        : expiration;
}

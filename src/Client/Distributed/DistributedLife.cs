using CacheOrleans.Definitions;
using Microsoft.Extensions.Caching.Distributed;

namespace CacheOrleans.Client.Distributed;

/// <summary>How long a value of the distributed cache lives.</summary>
/// <param name="Absolute">At most.</param>
/// <param name="Sliding">After each read; null: reads do not prolong its life.</param>
internal readonly record struct DistributedLife(TimeSpan Absolute, TimeSpan? Sliding)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Reads the options as Microsoft's Redis cache does: a relative time goes before a date, and nothing
    /// given is no end, which is ten years.</summary>
    /// <param name="options">The options.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="ArgumentOutOfRangeException">The date has passed.</exception>
    public static DistributedLife Of(DistributedCacheEntryOptions options, DateTimeOffset now)
    {
        if (options.AbsoluteExpiration <= now)
        {
#pragma warning disable CA2208 // The name that callers of IDistributedCache know.
            throw new ArgumentOutOfRangeException(
                nameof(options.AbsoluteExpiration),
                options.AbsoluteExpiration,
                "The absolute expiration value must be in the future.");
#pragma warning restore CA2208
        }

        var given = options.AbsoluteExpirationRelativeToNow ?? options.AbsoluteExpiration - now;
        var absolute = InRange(given ?? CacheDefinition.MaxTimeToLive);
        return new(
            absolute, options.SlidingExpiration is { } sliding && sliding < absolute ? InRange(sliding) : null);
    }

    private static TimeSpan InRange(TimeSpan life) =>
        life < Shortest ? Shortest : life > CacheDefinition.MaxTimeToLive ? CacheDefinition.MaxTimeToLive : life;
}

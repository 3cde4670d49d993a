using CacheOrleans.Definitions;
using Microsoft.Extensions.Caching.Distributed;

namespace CacheOrleans.Client.Distributed;

/// <summary>How long a value of the distributed cache lives.</summary>
/// <param name="Absolute">The longest total life.</param>
/// <param name="Sliding">The life after each read; null: reads do not extend the life.</param>
internal readonly record struct DistributedLife(TimeSpan Absolute, TimeSpan? Sliding)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Reads the options in the same way as Microsoft's Redis cache: a relative time takes precedence over a
    /// date, and without either the value does not expire, which means ten years here.</summary>
    /// <param name="options">The options.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The date has passed.</exception>
    public static DistributedLife Of(DistributedCacheEntryOptions options, DateTimeOffset now)
    {
        if (options.AbsoluteExpiration <= now)
        {
#pragma warning disable CA2208 // The parameter name is the one that callers of IDistributedCache know.
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

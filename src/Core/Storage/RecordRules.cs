using System.Globalization;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Tags;

namespace CacheOrleans.Storage;

/// <summary>Decides whether a record that was read from a store may be served.</summary>
/// <remarks>
/// Others write to a store too: silos with other limits, older versions, tools, people. A record that breaks a rule
/// that this silo follows when it writes is damaged or foreign, and counts as a miss.
/// </remarks>
public static class RecordRules
{
    /// <summary>How far the clock of another silo may be ahead.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromDays(1);

    /// <summary>Returns which rule a record breaks, or null if it breaks none.</summary>
    /// <param name="cache">The cache of the key under which the record is stored.</param>
    /// <param name="record">The record.</param>
    /// <param name="limits">The silo's limits.</param>
    /// <param name="now">The reader's current time.</param>
    public static string? Check(string cache, StoreRecord record, CacheLimits limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(limits);
        if (record.Stamp > Stamp.Ceiling(now))
        {
            return "Its stamp is more than a day ahead of this silo's clock.";
        }

        // Only the stamp of a tombstone is checked: to ignore a tombstone would bring a removed value back.
        return record.Value is not { } value ? null
            : limits.CheckValue(cache, value.Length)
                ?? CacheTags.CheckAll(record.Tags)
                ?? CheckLife(record, now);
    }

    /// <remarks>A call may give its value another time to live than the cache's definition, so only a time to live that
    /// no cache may have is refused.</remarks>
    private static string? CheckLife(StoreRecord record, DateTimeOffset now)
    {
        if (record.CreatedAt - now > MaxSkew)
        {
            return "Its creation time is more than a day ahead of this silo's clock.";
        }

        var end = record.Sliding?.EndsAt ?? record.ExpiresAt;
        if (record.ExpiresAt > end)
        {
            return "It expires after the end of its sliding expiration.";
        }

        return end - record.CreatedAt <= CacheDefinition.MaxTimeToLive
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"Its time to live is {end - record.CreatedAt:c}; the longest is {CacheDefinition.MaxTimeToLive:c}.");
    }
}

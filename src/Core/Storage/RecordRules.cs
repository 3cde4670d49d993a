using System.Globalization;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Tags;

namespace CacheOrleans.Storage;

/// <summary>Decides whether a record that was read from a store may be served.</summary>
/// <remarks>
/// Others write to a store too: silos with other limits, older versions, tools, people. What breaks a rule that this
/// silo keeps when it writes is damage or foreign, and counts as a miss.
/// </remarks>
public static class RecordRules
{
    /// <summary>How far ahead another silo's clock may be.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromDays(1);

    /// <summary>Returns which rule a record breaks, or null.</summary>
    /// <param name="cache">The cache whose key it stands under.</param>
    /// <param name="record">The record.</param>
    /// <param name="limits">The silo's limits.</param>
    /// <param name="now">The reader's time.</param>
    public static string? Check(string cache, StoreRecord record, CacheLimits limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(limits);
        if (record.Stamp > Stamp.Ceiling(now))
        {
            return "Its stamp is more than a day ahead.";
        }

        // Only a tombstone's stamp counts, and ignoring it would bring a removed value back.
        return record.Value is not { } value ? null
            : limits.CheckValue(cache, value.Length)
                ?? CacheTags.CheckAll(record.Tags)
                ?? CheckLife(record, now);
    }

    /// <remarks>A call may give its value another life than the cache's definition does, so what is refused is more
    /// than any cache may have.</remarks>
    private static string? CheckLife(StoreRecord record, DateTimeOffset now)
    {
        if (record.CreatedAt - now > MaxSkew)
        {
            return "It was made more than a day ahead.";
        }

        var end = record.Sliding?.EndsAt ?? record.ExpiresAt;
        if (record.ExpiresAt > end)
        {
            return "It expires after the end of its sliding life.";
        }

        return end - record.CreatedAt <= CacheDefinition.MaxTimeToLive
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"It lives {end - record.CreatedAt:c}; the longest time to live is {CacheDefinition.MaxTimeToLive:c}.");
    }
}

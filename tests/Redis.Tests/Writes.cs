using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Tests;

/// <summary>Makes writes for tests.</summary>
internal static class Writes
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static StoreKey Key(string text, string cache = "user") => new(cache, $"{cache}:v1:{text}");

    public static StoreWrite Value(
        StoreKey key, long stamp, byte[] value, DateTimeOffset? now = null, TimeSpan? keepFor = null)
    {
        var from = now ?? Start;
        var until = from + (keepFor ?? TimeSpan.FromMinutes(5));
        return new(key, new(value, new(stamp), from, until), until);
    }

    public static StoreWrite Tombstone(StoreKey key, long stamp, DateTimeOffset? now = null)
    {
        var from = now ?? Start;
        var until = from + TimeSpan.FromMinutes(5);
        return new(key, new(null, new(stamp), from, until), until);
    }

    /// <summary>A value that was set: if it is abandoned, it leaves a remove for a time.</summary>
    public static StoreWrite Set(StoreKey key, long stamp, TimeSpan? keepFor = null, TimeSpan? removeFor = null) =>
        Value(key, stamp, [(byte)stamp], keepFor: keepFor) with
        {
            RemoveUntil = Start + (removeFor ?? TimeSpan.FromHours(1)),
        };
}

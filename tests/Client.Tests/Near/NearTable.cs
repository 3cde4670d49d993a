using CacheOrleans.Client.Coherence;
using CacheOrleans.Client.Near;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Client.Tests.Near;

/// <summary>A near cache with its dependencies, and a clock that the test controls.</summary>
internal sealed class NearTable
{
    public NearTable(int entries = 100, long bytes = 1 << 20, int sampleOneIn = 0)
    {
        Caches = new NearCaches(new NearLimits(entries, bytes), Time, Tags, new SampleGaps(sampleOneIn, new Random(1)));
        Cache = Caches.Make<int>((key, _) => Sampled.Add(key))!;
    }

    /// <summary>The keys of the sampled hits.</summary>
    public List<int> Sampled { get; } = [];

    public FakeTimeProvider Time { get; } = new();

    public NearTags Tags { get; } = new();

    public KeyVersions KeyVersions { get; } = new();

    public NearCaches Caches { get; }

    public NearCache<int> Cache { get; }

    public static string Text(int key) => $"user/v1?user_id={key}";

    /// <summary>Keeps a copy, as a read that is answered immediately does.</summary>
    /// <returns>Whether it was kept.</returns>
    public bool Keep(int key, string value, long stamp, TimeSpan? life = null, string[]? tags = null, int length = 8)
    {
        var keyVersion = KeyVersions.Acquire(Text(key));
        try
        {
            return Keep(keyVersion, keyVersion.Writes, key, value, stamp, life, tags, length);
        }
        finally
        {
            keyVersion.Release();
        }
    }

    /// <summary>Keeps a copy, as a read does that began when the key had so many writes.</summary>
    public bool Keep(
        KeyVersion keyVersion,
        long writes,
        int key,
        string value,
        long stamp,
        TimeSpan? life = null,
        string[]? tags = null,
        int length = 8)
    {
        var until = Time.GetTimestamp() + ((life ?? TimeSpan.FromSeconds(10)).Ticks * Time.TimestampFrequency
            / TimeSpan.TicksPerSecond);
        if (!keyVersion.TryKeep(writes, stamp, until))
        {
            return false;
        }

        Caches.Put(Cache, key, new NearEntry<string>(
            CachedValue<string>.Shared(value, length), new(keyVersion, stamp, tags, until), Tags.Epoch, Text(key)));
        return true;
    }

    /// <summary>Returns the value of the valid copy, or null.</summary>
    public string? Find(int key) => Cache.Find(key) is NearEntry<string> entry ? entry.Read() : null;
}

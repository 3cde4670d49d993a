using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>The database of the history test: a version for each key, which only grows; and its loader.</summary>
internal sealed class VersionedDatabase : ICacheLoader
{
    private readonly ConcurrentDictionary<string, long> _versions = new();

    public static byte[] Encode(long version) =>
        Encoding.ASCII.GetBytes(version.ToString(CultureInfo.InvariantCulture));

    public static long Decode(byte[]? value) => value is null ? 0 : long.Parse(value, CultureInfo.InvariantCulture);

    /// <summary>The tags of a row's entry; some rows share one.</summary>
    public static string[] TagsOf(string key) => [key[^1] % 2 == 0 ? "even" : "odd"];

    /// <summary>Changes a row and returns its new version.</summary>
    public long Change(string key) => _versions.AddOrUpdate(key, 1, (_, version) => version + 1);

    /// <remarks>The version is read first and returned late, so that it is as old as a load may be.</remarks>
    public async ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        var version = _versions.GetValueOrDefault(key.Text);
        await Latency.OfAsync(version % 16 == 0 ? 100 : 1);
        return LoadResult.Found(Encode(version)).WithTags(TagsOf(key.Text));
    }
}

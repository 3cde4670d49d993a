using System.Globalization;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using Microsoft.Extensions.Caching.Distributed;

namespace CacheOrleans.Bench.Owner;

/// <summary>Reads through <see cref="IDistributedCache"/> that block their threads.</summary>
internal static class SynchronousReaders
{
    private const int Keys = 64;

    private static readonly string[] Names =
        [.. Enumerable.Range(0, Keys).Select(key => key.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Returns a contender with several callers, each on a thread of the pool.</summary>
    public static Contender Of(string name, IDistributedCache cache, int atOnce) => new(
        $"{name} ×{atOnce}",
        operations => Task.WhenAll(Enumerable.Range(0, atOnce).Select(caller => Task.Run(() =>
        {
            for (var i = caller; i < operations; i += atOnce)
            {
                Payload.Check(cache.Get(Names[i % Keys]));
            }
        }))));

    /// <summary>Writes the values to the caches that they are read from.</summary>
    public static async Task FillAsync(params IDistributedCache[] caches)
    {
        foreach (var cache in caches)
        {
            foreach (var name in Names)
            {
                await cache.SetAsync(name, Payload.Bytes, new DistributedCacheEntryOptions());
            }
        }
    }
}

using System.Collections.Concurrent;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tags;

/// <summary>What this silo knows of caches that were ended: below which stamp what the store has of them is missing.
/// </summary>
/// <remarks>Thread-safe. It knows of no store, as the store's queue tells it.</remarks>
internal sealed class CacheFloors(IServiceProvider services) : ICacheVersions
{
    private readonly ConcurrentDictionary<string, Stamp> _floors = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public void OnEnded(string cache, Stamp version)
    {
        Raise(cache, version);

        // Not at once: the queue's lock is held, and it is part of what the client is made of.
        _ = Task.Run(() => services.GetRequiredService<TagClient>().EndCacheAsync(cache, version));
    }

    public void Raise(string cache, Stamp version) =>
        _floors.AddOrUpdate(cache, version, (_, known) => Stamp.Max(known, version));

    public Stamp Of(string cache) => _floors.GetValueOrDefault(cache);

    /// <summary>The caches that were ended, and their versions.</summary>
    public Dictionary<string, long> Ended() => _floors
        .Where(floor => floor.Value > Stamp.None)
        .ToDictionary(floor => floor.Key, floor => floor.Value.Value, StringComparer.Ordinal);
}

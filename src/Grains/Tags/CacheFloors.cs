using System.Collections.Concurrent;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tags;

/// <summary>The versions of the caches that were ended, as far as this silo knows: stored records whose stamps are not
/// above their cache's version count as missing.</summary>
/// <remarks>Thread-safe. It must not depend on the store, because the store's queue calls it.</remarks>
internal sealed class CacheFloors(IServiceProvider services) : ICacheVersions
{
    private readonly ConcurrentDictionary<string, Stamp> _floors = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public void OnEnded(string cache, Stamp version)
    {
        Raise(cache, version);

        // Not in this call, which the queue makes inside its lock. The client is resolved here and not injected,
        // because it depends on this class.
        _ = Task.Run(() => services.GetRequiredService<TagClient>().EndCacheAsync(cache, version));
    }

    public void Raise(string cache, Stamp version) =>
        _floors.AddOrUpdate(cache, version, (_, known) => Stamp.Max(known, version));

    public Stamp Of(string cache) => _floors.GetValueOrDefault(cache);

    /// <summary>Returns the caches that were ended, and their versions.</summary>
    public Dictionary<string, long> Ended() => _floors
        .Where(floor => floor.Value > Stamp.None)
        .ToDictionary(floor => floor.Key, floor => floor.Value.Value, StringComparer.Ordinal);
}

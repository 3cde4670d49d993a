using CacheOrleans.Client.Caches;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Adapters;

/// <summary>The definition of an adapter's cache, whose keys may be any text.</summary>
/// <param name="name">The cache's name in the cluster.</param>
/// <param name="timeToLive">The time to live of entries in general; each value is stored with its own.</param>
/// <param name="codec">Serializes and deserializes the values.</param>
internal sealed class AdapterDefinition<T>(string name, TimeSpan timeToLive, CacheCodec<T> codec)
    : CacheDefinition<string, T>(name, AdapterKeys.Template, timeToLive)
{
    /// <summary>Serializes and deserializes the values.</summary>
    public CacheCodec<T> Codec => codec;

    /// <inheritdoc />
    public override CacheKey Key(string key) => AdapterKeys.Make(Name, key);
}

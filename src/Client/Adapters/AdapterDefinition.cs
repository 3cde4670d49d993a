using CacheOrleans.Client.Caches;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Adapters;

/// <summary>The cache of an adapter, whose keys are any text.</summary>
/// <param name="name">Its name in the cluster.</param>
/// <param name="timeToLive">How long its entries live in general; each is given a life of its own.</param>
/// <param name="codec">Turns its values into bytes and back.</param>
internal sealed class AdapterDefinition<T>(string name, TimeSpan timeToLive, CacheCodec<T> codec)
    : CacheDefinition<string, T>(name, AdapterKeys.Template, timeToLive)
{
    /// <summary>Turns its values into bytes and back.</summary>
    public CacheCodec<T> Codec => codec;

    /// <inheritdoc />
    public override CacheKey Key(string key) => AdapterKeys.Make(Name, key);
}

using CacheOrleans.Definitions;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Adapters;

/// <summary>The cache of an adapter, whose keys are any text.</summary>
/// <param name="name">Its name in the cluster.</param>
/// <param name="timeToLive">How long its entries live in general; each is given a life of its own.</param>
internal sealed class AdapterDefinition<T>(string name, TimeSpan timeToLive)
    : CacheDefinition<string, T>(name, AdapterKeys.Template, timeToLive)
{
    /// <inheritdoc />
    public override CacheKey Key(string key) => AdapterKeys.Make(Name, key);
}

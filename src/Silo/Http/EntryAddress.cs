using CacheOrleans.Definitions;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Keys;

namespace CacheOrleans.Silo.Http;

/// <summary>The entry a request is about.</summary>
/// <param name="Cache">Its cache.</param>
/// <param name="Key">Its key.</param>
/// <param name="Grain">Its owner.</param>
internal sealed record EntryAddress(KnownCache Cache, CacheKey Key, ICacheEntryGrain Grain)
{
    public CacheDefinition Definition => Cache.Definition;
}

using CacheOrleans.Definitions;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Keys;

namespace CacheOrleans.Silo.Http;

/// <summary>The entry that a request is about.</summary>
/// <param name="Cache">The cache of the entry.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Grain">The owner of the entry.</param>
internal sealed record EntryAddress(KnownCache Cache, CacheKey Key, ICacheEntryGrain Grain)
{
    public CacheDefinition Definition => Cache.Definition;
}

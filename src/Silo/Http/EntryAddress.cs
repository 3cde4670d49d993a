using CacheOrleans.Definitions;
using CacheOrleans.Keys;

namespace CacheOrleans.Silo.Http;

/// <summary>The entry a request is about.</summary>
internal sealed record EntryAddress(CacheDefinition Definition, CacheKey Key, ICacheEntryGrain Grain);

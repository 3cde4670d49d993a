using System.Runtime.CompilerServices;
using CacheOrleans.Client.Adapters;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Hybrid;

/// <summary>The one cache of a <c>HybridCache</c>, seen as a cache of each type that its callers ask for.</summary>
/// <remarks>Thread-safe. Copies of one type are none of another, and a change of a key ends those of all
/// types.</remarks>
internal sealed class HybridTypes(
    ClientCaches caches, CacheSerializers serializers, HybridCacheAdapterOptions options, ILogger logger)
{
    /// <summary>How many types are looked for by turns.</summary>
    private const int MaxFirsts = 4;

    private readonly Lock _lock = new();
    private readonly TimeSpan _life = HybridReadOptions.Of(options.DefaultEntryOptions).Expiration;
    private ClientCache[] _firsts = [];
    private ClientCache?[] _byOrdinal = [];

    /// <summary>The name of the cache in the cluster.</summary>
    public string Name => options.CacheName!;

    /// <summary>The cache of a type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClientCache<string, T> Of<T>()
    {
        // To know a type when one sees it costs less than its number does in code that types share.
        foreach (var first in Volatile.Read(ref _firsts))
        {
            if (first is ClientCache<string, T> one)
            {
                return one;
            }
        }

        var known = Volatile.Read(ref _byOrdinal);
        var ordinal = TypeOrdinals.Of<T>.Value;

        // The place of a type has its cache and no other: no need to look, which costs with each hit.
        return (uint)ordinal < (uint)known.Length && known[ordinal] is { } cache
            ? Unsafe.As<ClientCache<string, T>>(cache)
            : Add<T>(ordinal);
    }

    private ClientCache<string, T> Add<T>(int ordinal)
    {
        lock (_lock)
        {
            if (ordinal < _byOrdinal.Length && _byOrdinal[ordinal] is { } known)
            {
                return (ClientCache<string, T>)known;
            }

            var codec = new HybridCodec<T>(
                Name, serializers.Of<T>(), options.MaximumPayloadBytes, logger);
            var cache = caches.Of(new AdapterDefinition<T>(Name, _life, codec));
            var longer = _byOrdinal;
            if (ordinal >= longer.Length)
            {
                Array.Resize(ref longer, Math.Max(ordinal + 1, longer.Length * 2));
            }

            if (_firsts.Length < MaxFirsts)
            {
                Volatile.Write(ref _firsts, [.. _firsts, cache]);
            }

            Volatile.Write(ref longer[ordinal], cache);
            Volatile.Write(ref _byOrdinal, longer);
            return cache;
        }
    }
}

using System.Runtime.CompilerServices;
using CacheOrleans.Client.Adapters;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Hybrid;

/// <summary>The single cache of a <c>HybridCache</c>, with a typed view for each type that its callers read.</summary>
/// <remarks>Thread-safe. A copy of one type is never returned for another type, and a change of a key invalidates its
/// copies of all types.</remarks>
internal sealed class HybridTypes(
    ClientCaches caches, CacheSerializers serializers, HybridCacheAdapterOptions options, ILogger logger)
{
    /// <summary>How many types are found by comparing them one after the other.</summary>
    private const int MaxFirsts = 4;

    private readonly Lock _lock = new();
    private readonly TimeSpan _life = HybridReadOptions.Of(options.DefaultEntryOptions).Expiration;
    private ClientCache[] _firsts = [];
    private ClientCache?[] _byOrdinal = [];

    /// <summary>The name of the cache in the cluster.</summary>
    public string Name => options.CacheName!;

    /// <summary>Returns the cache of a type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClientCache<string, T> Of<T>()
    {
        // Comparing type handles is cheaper than looking up an ordinal in shared generic code.
        foreach (var first in Volatile.Read(ref _firsts))
        {
            if (first is ClientCache<string, T> one)
            {
                return one;
            }
        }

        var known = Volatile.Read(ref _byOrdinal);
        var ordinal = TypeOrdinals.Of<T>.Value;

        // The slot of a type only ever holds its cache, so the cast is unchecked: a check would cost each hit.
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

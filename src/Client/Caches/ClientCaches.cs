using System.Runtime.CompilerServices;
using CacheOrleans.Client.Adapters;
using CacheOrleans.Client.Coherence;
using CacheOrleans.Client.Near;
using CacheOrleans.Client.Serialization;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Caches;

/// <summary>The caches that a client has used, by the ordinals of their definitions.</summary>
/// <remarks>Thread-safe. Two definitions with the same name have separate copies, which are invalidated
/// together.</remarks>
internal sealed class ClientCaches(
    CacheSerializers serializers,
    NearCaches copies,
    CoherenceChecks checks,
    CacheLimits limits,
    ILogger<ClientCaches> logger)
{
    /// <summary>The largest number of caches that are kept. Beyond it, the application probably creates a definition
    /// for each call.</summary>
    public const int MaxCount = 4096;

    private readonly Lock _lock = new();
    private ClientCache?[] _caches = [];
    private int _count;

    /// <summary>All caches that are kept.</summary>
    public IEnumerable<ClientCache> All => Volatile.Read(ref _caches).OfType<ClientCache>();

    /// <summary>Finds a valid copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NearEntry<T>? Find<TKey, T>(CacheDefinition<TKey, T> definition, TKey key)
        where TKey : notnull
    {
        var caches = Volatile.Read(ref _caches);
        var ordinal = definition.Ordinal;

        // The slot of a definition only ever holds a cache of its types, so the cast is unchecked: a check would cost
        // each hit.
        return (uint)ordinal < (uint)caches.Length && caches[ordinal] is { } cache
            ? Unsafe.As<ClientCache<TKey, T>>(cache).Find(key)
            : null;
    }

    /// <summary>Returns the cache of a definition.</summary>
    public ClientCache<TKey, T> Of<TKey, T>(CacheDefinition<TKey, T> definition)
        where TKey : notnull =>
        (ClientCache<TKey, T>)(TryGet(definition.Ordinal) ?? Add(definition.Ordinal, Bind(definition)));

    private ClientCache<TKey, T> Bind<TKey, T>(CacheDefinition<TKey, T> definition)
        where TKey : notnull => new(definition, CodecOf(definition), limits, copies, checks);

    private CacheCodec<T> CodecOf<TKey, T>(CacheDefinition<TKey, T> definition)
        where TKey : notnull
    {
        if (definition is AdapterDefinition<T> adapter)
        {
            return adapter.Codec;
        }

        var serializer = serializers.Of<T>();
        var shares = definition.SharesInstances ?? serializer.SharesInstances;
        return new CacheCodec<T>(definition.Name, serializer, shares, logger);
    }

    private ClientCache? TryGet(int ordinal)
    {
        var caches = Volatile.Read(ref _caches);
        return ordinal < caches.Length ? caches[ordinal] : null;
    }

    private ClientCache Add(int ordinal, ClientCache cache)
    {
        lock (_lock)
        {
            if (TryGet(ordinal) is { } known)
            {
                return known;
            }

            if (_count == MaxCount)
            {
                return cache;
            }

            var caches = _caches;
            if (ordinal >= caches.Length)
            {
                Array.Resize(ref caches, Math.Max(ordinal + 1, caches.Length * 2));
            }

            Volatile.Write(ref caches[ordinal], cache);
            Volatile.Write(ref _caches, caches);
            if (++_count == MaxCount)
            {
                logger.TooManyDefinitions(MaxCount);
            }

            return cache;
        }
    }
}

using CacheOrleans.Client.Adapters;
using CacheOrleans.Client.Near;
using CacheOrleans.Tags;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Hybrid;

/// <summary>A <see cref="HybridCache"/> whose local part is the client's copies and whose distributed part is the cluster.
/// </summary>
/// <remarks>It does what Microsoft's does, and where the two differ docs/adapters.md says so.</remarks>
internal sealed class ClusterHybridCache : HybridCache
{
    /// <summary>How many keys are removed at a time.</summary>
    private const int MaxRemovals = 64;

    private readonly HybridServices _services;
    private readonly HybridTypes _types;
    private readonly HybridStore _store;
    private readonly HybridReads _reads;
    private readonly HybridKeys _keys;
    private readonly HybridTerms _defaults;
    private readonly string _everything;

    public ClusterHybridCache(HybridServices services, HybridTypes types, HybridCacheAdapterOptions options)
    {
        _services = services;
        _types = types;
        _store = new HybridStore(services);
        _reads = new HybridReads(services, _store);
        _keys = new HybridKeys(options.MaximumKeyLength, services.Logger);
        _defaults = HybridTerms.Of(options.DefaultEntryOptions);
        _everything = HybridTags.Everything(options.CacheName!);
    }

    /// <inheritdoc />
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flags = options?.Flags ?? _defaults.Flags;

        // A key that is not allowed has no copy, so it need not be checked here.
        return (flags & HybridCacheEntryFlags.DisableLocalCacheRead) == 0
            && key is not null
            && _types.Of<T>().Find(key) is { IsFound: true } copy
                ? new(copy.Read()!)
                : MissAsync(key, state, factory, options, tags, cancellationToken);
    }

    /// <inheritdoc />
    public override async ValueTask SetAsync<T>(
        string key,
        T value,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        var given = HybridTags.Of(_everything, tags);
        if (!_keys.Check(key))
        {
            return;
        }

        var terms = Shared(_defaults.With(options), key, given);
        var cache = _types.Of<T>();
        byte[]? bytes;
        CachedValue<T> copy;
        try
        {
            bytes = cache.Codec.Encode(value, out var decoded);
            copy = decoded.Value;
        }
#pragma warning disable CA1031 // It is logged, and as with Microsoft's a set does not fail.
        catch (Exception)
#pragma warning restore CA1031
        {
            return;
        }

        if (terms.WritesDistributed && bytes is not null)
        {
            await _store.StoreAsync(cache, key, terms, given.Names, new(bytes, copy), cancellationToken);
        }
        else if (terms.WritesLocal)
        {
            _store.KeepAlone(cache, key, copy, given.Names, _store.LifeOf(terms, isLocal: bytes is not null));
        }
    }

    /// <inheritdoc />
    public override async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var text = AdapterKeys.Make(_types.Name, key).Text;
        await _services.Writes.ChangeAsync(
            text, _types.Of<object>().Declaration, static owner => owner.RemoveAsync(), cancellationToken);
    }

    /// <inheritdoc />
    public override ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default) =>
        keys is null ? default : new(Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = MaxRemovals, CancellationToken = cancellationToken },
            RemoveAsync));

    /// <inheritdoc />
    public override async ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(tag))
        {
            return;
        }

        await _store.RemoveByTagAsync(
            tag == CacheTags.Everything ? _everything : HybridTags.NameOf(tag), cancellationToken);
    }
}

using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Flights;
using CacheOrleans.Tags;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace CacheOrleans.Client.Hybrid;

/// <summary>A <see cref="HybridCache"/> whose local part is the client's copies, and whose distributed part is the
/// cluster.</summary>
/// <remarks>It does what Microsoft's does; where the two differ, docs/adapters.md says so.</remarks>
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
    private readonly HybridTags _untagged;

    public ClusterHybridCache(HybridServices services, HybridTypes types, HybridCacheAdapterOptions options)
    {
        _services = services;
        _types = types;
        _store = new HybridStore(services);
        _reads = new HybridReads(services, _store);
        _keys = new HybridKeys(options.MaximumKeyLength, services.Logger);
        _defaults = HybridTerms.Of(options.DefaultEntryOptions);
        _untagged = HybridTags.Of(HybridTags.Everything(types.Name), tags: null);
    }

    private string Everything => _untagged.Names[0];

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

        // A key that is not allowed has no copy: it need not be checked here.
        return (flags & HybridCacheEntryFlags.DisableLocalCacheRead) == 0
            && key is not null
            && _types.Of<T>().Find(key) is { IsFound: true } copy
                ? new(copy.Read()!)
                : MissAsync(key, state, factory, options, tags, cancellationToken);
    }

    /// <inheritdoc />
    public override ValueTask SetAsync<T>(
        string key,
        T value,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        var given = TagsOf(tags);
        var terms = _defaults.With(options);
        return _keys.Check(key) && terms.RunsFactory
            ? new(SetAsync(key, value, Within(terms, key, given), given, cancellationToken))
            : default;
    }

    /// <inheritdoc />
    public override async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            var entry = new HybridEntry<object>(_types.Of<object>(), key, []);
            await _services.Client.Writes.ChangeAsync(
                entry.Text, entry.Cache, static owner => owner.RemoveAsync(), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (EntryRefusedException exception)
        {
            _services.Logger.HybridKeyRefused(exception);
        }
    }

    /// <inheritdoc />
    public override ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default) =>
        keys is null ? default : new(Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = MaxRemovals, CancellationToken = cancellationToken },
            RemoveAsync));

    /// <inheritdoc />
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        string.IsNullOrWhiteSpace(tag) ? default : new(_store.RemoveByTagAsync(
            tag == CacheTags.Everything ? Everything : HybridTags.NameOf(tag), cancellationToken));

    private async ValueTask<T> MissAsync<TState, T>(
        string? key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options,
        IEnumerable<string>? tags,
        CancellationToken cancellationToken)
    {
        var terms = _defaults.With(options);
        if (_keys.Check(key))
        {
            var given = TagsOf(tags);
            terms = Lasting(Within(terms, key, given));
            try
            {
                var entry = new HybridEntry<T>(_types.Of<T>(), key, given.Names);
                return await _reads.ReadAsync(
                    new HybridCall<TState, T>(entry, terms, state, factory), cancellationToken).ConfigureAwait(false);
            }
            catch (EntryRefusedException exception)
            {
                _services.Logger.HybridKeyRefused(exception);
            }
        }

        return terms.RunsFactory
            ? await FlightTable.RunAsync(() => factory(state, cancellationToken).AsTask()).ConfigureAwait(false)
            : default!;
    }

    private async Task SetAsync<T>(
        string key, T value, HybridTerms terms, HybridTags tags, CancellationToken cancellationToken)
    {
        byte[]? bytes;
        Decoded<T> decoded;
        try
        {
            bytes = _types.Of<T>().Codec.Encode(value, out decoded);
        }
#pragma warning disable CA1031 // It is logged; as with Microsoft's, a set does not fail.
        catch (Exception)
#pragma warning restore CA1031
        {
            return;
        }

        try
        {
            terms = Lasting(terms);
            var entry = new HybridEntry<T>(_types.Of<T>(), key, tags.Names);
            if (terms.WritesDistributed && bytes is not null)
            {
                await _store.StoreAsync(entry, terms, new(bytes, decoded.Value), cancellationToken)
                    .ConfigureAwait(false);
            }
            else if (terms.WritesLocal)
            {
                _store.KeepAlone(entry, decoded.Value, _store.LifeOf(terms, isLocal: bytes is not null));
            }
        }
        catch (ArgumentException exception)
        {
            _services.Logger.HybridValueNotStored(exception);
        }
    }

    private HybridTags TagsOf(IEnumerable<string>? tags) => tags is null ? _untagged : HybridTags.Of(Everything, tags);

    /// <summary>The terms without the cluster, where it cannot have the key or the tags.</summary>
    private HybridTerms Within(HybridTerms terms, string key, HybridTags tags) =>
        (terms.ReadsDistributed || terms.WritesDistributed) && !_keys.AreShareable(key, tags)
            ? terms with { Flags = terms.Flags | HybridCacheEntryFlags.DisableDistributedCache }
            : terms;

    /// <summary>The terms without what has no time to be kept: as with Microsoft's, that is an error where this process
    /// would keep what the factory makes, and is logged where the cluster alone would.</summary>
    private HybridTerms Lasting(HybridTerms terms)
    {
        var flags = terms.Flags;
        if (terms.LocalExpiration <= TimeSpan.Zero)
        {
            flags |= terms is { RunsFactory: true, WritesLocal: true }
                ? throw Expired(terms.LocalExpiration)
                : HybridCacheEntryFlags.DisableLocalCacheWrite;
        }

        if (terms.Expiration <= TimeSpan.Zero)
        {
            flags |= HybridCacheEntryFlags.DisableDistributedCacheWrite;
            if (terms is { RunsFactory: true, WritesDistributed: true })
            {
                _services.Logger.HybridValueNotStored(Expired(terms.Expiration));
            }
        }

        return terms with { Flags = flags };
    }

#pragma warning disable CA2208 // The name that callers of HybridCache know.
    private static ArgumentOutOfRangeException Expired(TimeSpan expiration) => new(
        nameof(MemoryCacheEntryOptions.AbsoluteExpirationRelativeToNow),
        expiration,
        "The relative expiration value must be positive.");
#pragma warning restore CA2208
}

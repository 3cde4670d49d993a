using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Reads;
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
    private readonly HybridReadOptions _defaults;
    private readonly HybridTags _untagged;

    public ClusterHybridCache(HybridServices services, HybridTypes types, HybridCacheAdapterOptions options)
    {
        _services = services;
        _types = types;
        _store = new HybridStore(services);
        _reads = new HybridReads(services, _store);
        _keys = new HybridKeys(options.MaximumKeyLength, services.Logger);
        _defaults = HybridReadOptions.Of(options.DefaultEntryOptions);
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
        var options = _defaults.With(options);
        return _keys.Check(key) && options.RunsFactory
            ? new(SetAsync(key, value, Within(options, key, given), given, cancellationToken))
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
        var options = _defaults.With(options);
        if (_keys.Check(key))
        {
            var given = TagsOf(tags);
            options = Lasting(Within(options, key, given));
            try
            {
                var entry = new HybridEntry<T>(_types.Of<T>(), key, given.Names);
                return await _reads.ReadAsync(
                    new HybridCall<TState, T>(entry, options, state, factory), cancellationToken).ConfigureAwait(false);
            }
            catch (EntryRefusedException exception)
            {
                _services.Logger.HybridKeyRefused(exception);
            }
        }

        return options.RunsFactory
            ? await SharedReads.RunAsync(() => factory(state, cancellationToken).AsTask()).ConfigureAwait(false)
            : default!;
    }

    private async Task SetAsync<T>(
        string key, T value, HybridReadOptions options, HybridTags tags, CancellationToken cancellationToken)
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
            options = Lasting(options);
            var entry = new HybridEntry<T>(_types.Of<T>(), key, tags.Names);
            if (options.WritesDistributed && bytes is not null)
            {
                await _store.StoreAsync(entry, options, new(bytes, decoded.Value), cancellationToken)
                    .ConfigureAwait(false);
            }
            else if (options.WritesLocal)
            {
                _store.KeepLocally(entry, decoded.Value, _store.LifeOf(options, isLocal: bytes is not null));
            }
        }
        catch (ArgumentException exception)
        {
            _services.Logger.HybridValueNotStored(exception);
        }
    }

    private HybridTags TagsOf(IEnumerable<string>? tags) => tags is null ? _untagged : HybridTags.Of(Everything, tags);

    /// <summary>The options without the cluster, where it cannot have the key or the tags.</summary>
    private HybridReadOptions Within(HybridReadOptions options, string key, HybridTags tags) =>
        (options.ReadsDistributed || options.WritesDistributed) && !_keys.AreShareable(key, tags)
            ? options with { Flags = options.Flags | HybridCacheEntryFlags.DisableDistributedCache }
            : options;

    /// <summary>The options without what has no time to be kept: as with Microsoft's, that is an error where this process
    /// would keep what the factory makes, and is logged where the cluster alone would.</summary>
    private HybridReadOptions Lasting(HybridReadOptions options)
    {
        var flags = options.Flags;
        if (options.LocalExpiration <= TimeSpan.Zero)
        {
            flags |= options is { RunsFactory: true, WritesLocal: true }
                ? throw Expired(options.LocalExpiration)
                : HybridCacheEntryFlags.DisableLocalCacheWrite;
        }

        if (options.Expiration <= TimeSpan.Zero)
        {
            flags |= HybridCacheEntryFlags.DisableDistributedCacheWrite;
            if (options is { RunsFactory: true, WritesDistributed: true })
            {
                _services.Logger.HybridValueNotStored(Expired(options.Expiration));
            }
        }

        return options with { Flags = flags };
    }

#pragma warning disable CA2208 // The name that callers of HybridCache know.
    private static ArgumentOutOfRangeException Expired(TimeSpan expiration) => new(
        nameof(MemoryCacheEntryOptions.AbsoluteExpirationRelativeToNow),
        expiration,
        "The relative expiration value must be positive.");
#pragma warning restore CA2208
}

using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Reads;
using CacheOrleans.Tags;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace CacheOrleans.Client.Hybrid;

/// <summary>A <see cref="HybridCache"/> whose local cache is the client's copies, and whose distributed cache is the
/// cluster.</summary>
/// <remarks>It behaves like Microsoft's implementation; docs/adapters.md lists the differences.</remarks>
internal sealed class ClusterHybridCache : HybridCache
{
    /// <summary>How many keys are removed concurrently.</summary>
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

        // A key that is not allowed has no copy, so it does not need to be checked here.
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
        var read = _defaults.With(options);
        return _keys.Check(key) && read.RunsFactory
            ? new(SetAsync(key, value, WithShareability(read, key, given), given, cancellationToken))
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
        var read = _defaults.With(options);
        if (_keys.Check(key))
        {
            var given = TagsOf(tags);
            read = WithoutExpired(WithShareability(read, key, given));
            try
            {
                var entry = new HybridEntry<T>(_types.Of<T>(), key, given.Names);
                return await _reads.ReadAsync(
                    new HybridCall<TState, T>(entry, read, state, factory), cancellationToken).ConfigureAwait(false);
            }
            catch (EntryRefusedException exception)
            {
                _services.Logger.HybridKeyRefused(exception);
            }
        }

        return read.RunsFactory
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
        // The error was logged; as with Microsoft's implementation, a set does not fail.
        catch (Exception)
        {
            return;
        }

        try
        {
            options = WithoutExpired(options);
            var entry = new HybridEntry<T>(_types.Of<T>(), key, tags.Names);
            if (options.WritesDistributed && bytes is not null)
            {
                await _store.StoreAsync(entry, options, bytes, decoded.Value, cancellationToken)
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

    /// <summary>Disables the cluster for a call if its key or tags cannot be stored there.</summary>
    private HybridReadOptions WithShareability(HybridReadOptions options, string key, HybridTags tags) =>
        (options.ReadsDistributed || options.WritesDistributed) && !_keys.AreShareable(key, tags)
            ? options with { Flags = options.Flags | HybridCacheEntryFlags.DisableDistributedCache }
            : options;

    /// <summary>Disables the writes of a value that has already expired. As with Microsoft's implementation, an expired
    /// value is an error if this process would keep a copy, and is only logged if the cluster would store it.</summary>
    private HybridReadOptions WithoutExpired(HybridReadOptions options)
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

#pragma warning disable CA2208 // The parameter name is the one that callers of HybridCache know.
    private static ArgumentOutOfRangeException Expired(TimeSpan expiration) => new(
        nameof(MemoryCacheEntryOptions.AbsoluteExpirationRelativeToNow),
        expiration,
        "The relative expiration value must be positive.");
#pragma warning restore CA2208
}

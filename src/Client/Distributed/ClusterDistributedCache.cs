using System.Buffers;
using CacheOrleans.Client.Adapters;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Reads;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Distributed;

/// <summary>A distributed cache that stores its values in the cluster: writes go through to Redis, and every read
/// without a copy goes to the entry's owner.</summary>
/// <remarks>It behaves like ASP.NET Core's cache over Redis; docs/adapters.md lists the differences.</remarks>
internal sealed class ClusterDistributedCache : IBufferDistributedCache
{
    /// <summary>The time to live in the declaration of the cache; each value is stored with its own.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly CacheClient _client;
    private readonly AdapterDefinition<byte[]> _definition;
    private readonly ReadOptions _options;
    private readonly TimeProvider _time;

    public ClusterDistributedCache(
        CacheClient client,
        DistributedCacheAdapterOptions options,
        ILogger<ClusterDistributedCache> logger,
        TimeProvider time)
    {
        var codec = new CacheCodec<byte[]>(options.CacheName!, new RawBytes(), sharesInstances: true, logger);
        _client = client;
        _definition = new AdapterDefinition<byte[]>(options.CacheName!, Life, codec);
        _time = time;
        _options = new ReadOptions(
            EntryDemand.Stored,
            options.NearLease < client.NearLease ? options.NearLease : client.NearLease,
            IsEssential: true);
    }

    /// <inheritdoc />
    public byte[]? Get(string key) => Blocking.Wait(() => GetAsync(key));

    /// <inheritdoc />
    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        (await ReadAsync(key, token).ConfigureAwait(false))?.AsSpan().ToArray();

    /// <inheritdoc />
    public bool TryGet(string key, IBufferWriter<byte> destination) =>
        Blocking.Wait(() => TryGetAsync(key, destination).AsTask());

    /// <inheritdoc />
    public async ValueTask<bool> TryGetAsync(
        string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (await ReadAsync(key, token).ConfigureAwait(false) is not { } value)
        {
            return false;
        }

        destination.Write(value);
        return true;
    }

    /// <inheritdoc />
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        Blocking.Wait(() => SetAsync(key, value, options));

    /// <inheritdoc />
    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) =>
        Blocking.Wait(() => SetAsync(key, value, options).AsTask());

    /// <inheritdoc />
    public Task SetAsync(
        string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return WriteAsync(key, value.AsSpan().ToArray(), options, token);
    }

    /// <inheritdoc />
    public ValueTask SetAsync(
        string key,
        ReadOnlySequence<byte> value,
        DistributedCacheEntryOptions options,
        CancellationToken token = default) => new(WriteAsync(key, value.ToArray(), options, token));

    /// <inheritdoc />
    public void Refresh(string key) => Blocking.Wait(() => RefreshAsync(key));

    /// <inheritdoc />
    public async Task RefreshAsync(string key, CancellationToken token = default)
    {
        Check(key, token);
        var cache = _client.Caches.Of(_definition);
        await _client.Writes.ChangeAsync(
            cache.TextOf(key),
            cache,
            async owner =>
            {
                await owner.RefreshAsync().ConfigureAwait(false);
                return true;
            },
            token).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Remove(string key) => Blocking.Wait(() => RemoveAsync(key));

    /// <inheritdoc />
    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        Check(key, token);
        ThrowIfNotStored(key, await _client.RemoveAsync(_definition, key, token).ConfigureAwait(false));
    }

    private static void Check(string key, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(key);
        token.ThrowIfCancellationRequested();
    }

    private static void ThrowIfNotStored(string key, WriteOutcome outcome)
    {
        if (outcome == WriteOutcome.NotStored)
        {
            throw new CacheUnavailableException(
                $"The change of '{key}' was not stored: Redis rejected it, or the silo abandoned it. The silo's log "
                + "contains the reason.",
                inner: null);
        }
    }

    /// <summary>Reads a value; callers must not modify the returned array.</summary>
    private async ValueTask<byte[]?> ReadAsync(string key, CancellationToken token)
    {
        Check(key, token);
        if (_client.Caches.Find(_definition, key) is { IsFound: true } copy)
        {
            return copy.Read();
        }

        return await _client.Reads.ReadAsync(_client.Reads.CallOf(_definition, key, _options), token)
            .ConfigureAwait(false);
    }

    /// <summary>Writes bytes that the caller no longer modifies.</summary>
    private async Task WriteAsync(
        string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token)
    {
        Check(key, token);
        ArgumentNullException.ThrowIfNull(options);
        var life = DistributedLife.Of(options, _time.GetUtcNow());
        ThrowIfNotStored(key, await _client.SetAsync(
            _definition,
            key,
            value,
            new() { TimeToLive = life.Absolute, SlidingExpiration = life.Sliding, WriteThrough = true },
            token).ConfigureAwait(false));
    }
}

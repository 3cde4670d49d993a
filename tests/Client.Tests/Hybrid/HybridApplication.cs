using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>An application with a <see cref="HybridCache"/>, which the cache considers a separate process.</summary>
internal sealed class HybridApplication(HybridCache cache, FakeLogCollector log, IAsyncDisposable owner)
    : IAsyncDisposable
{
    private const HybridCacheEntryFlags Peek =
        HybridCacheEntryFlags.DisableUnderlyingData
        | HybridCacheEntryFlags.DisableLocalCacheWrite
        | HybridCacheEntryFlags.DisableDistributedCacheWrite;

    public static readonly HybridCacheEntryOptions LocalPeek =
        new() { Flags = Peek | HybridCacheEntryFlags.DisableDistributedCacheRead };

    public static readonly HybridCacheEntryOptions DistributedPeek =
        new() { Flags = Peek | HybridCacheEntryFlags.DisableLocalCacheRead };

    public HybridCache Cache => cache;

    /// <summary>The client behind the cache; set only if the cache is this project's.</summary>
    public ICacheClient Client { get; init; } = null!;

    public int Errors => log.GetSnapshot().Count(entry => entry.Level == LogLevel.Error);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string Key([CallerMemberName] string test = "") => $"{test}:{Guid.NewGuid():N}";

    /// <summary>Reads through the cache, with a factory that ignores cancellation.</summary>
    public ValueTask<T> GetAsync<T>(
        string key, Func<T> factory, HybridCacheEntryFlags? flags = null, IEnumerable<string>? tags = null) =>
        Cache.GetOrCreateAsync(
            key,
            factory,
            static (factory, _) => new ValueTask<T>(factory()),
            new() { Flags = flags },
            tags,
            Cancellation);

    /// <summary>Sets a value and reads it, after which this process has a copy.</summary>
    public async Task KeepAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null)
    {
        await Cache.SetAsync(key, value, options, tags, Cancellation);
        await Cache.GetOrCreateAsync(
            key, value, static (value, _) => new ValueTask<T>(value), options, tags, Cancellation);
    }

    /// <summary>Reads only the copy of this process.</summary>
    public ValueTask<T?> LocalAsync<T>(string key) => PeekAsync<T>(key, LocalPeek);

    /// <summary>Reads only the value that all processes can read.</summary>
    public ValueTask<T?> DistributedAsync<T>(string key) => PeekAsync<T>(key, DistributedPeek);

    public ValueTask DisposeAsync() => owner.DisposeAsync();

    private ValueTask<T?> PeekAsync<T>(string key, HybridCacheEntryOptions options) => Cache.GetOrCreateAsync<T?>(
        key, static _ => throw new InvalidOperationException("The factory was run."), options, null, Cancellation);
}

using System.Buffers;
using System.Globalization;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>Every public method of the client and its adapters, by type and name, called by a caller that blocks until
/// it completes.</summary>
internal static class BlockedCalls
{
    private static readonly CacheDefinition<int, string> Entry =
        new("blocked", "blocked:{id}", TimeSpan.FromMinutes(5));

    private static readonly CacheDefinition<string> Single = new("blocked-one", "one", TimeSpan.FromMinutes(5));
    private static readonly HybridCacheEntryOptions Local =
        new() { Flags = HybridCacheEntryFlags.DisableDistributedCache };

    /// <summary>The calls; each receives the subject that it calls and a number of its own.</summary>
    public static readonly IReadOnlyDictionary<string, Action<BlockedSubject, int>> All =
        new Dictionary<string, Action<BlockedSubject, int>>([.. Client(), .. Extensions(), .. Text(), .. Adapters()]);

    private static IEnumerable<KeyValuePair<string, Action<BlockedSubject, int>>> Client() =>
    [
        new("ICacheClient.GetAsync", (on, id) => Wait(on.Client.GetAsync(TestCaches.Greeting, $"{id}"))),
        new("ICacheClient.GetWithFallbackAsync", (on, id) => Returns(
            id, on.Client.GetWithFallbackAsync(Entry, id, id, LoadAsync))),
        new("ICacheClient.TryGetAsync", (on, id) => Wait(on.Client.TryGetAsync(Entry, id))),
        new("ICacheClient.SetAsync", (on, id) => Wait(on.Client.SetAsync(Entry, id, "set"))),
        new("ICacheClient.SetAsync:through", (on, id) => Wait(
            on.Client.SetAsync(Entry, id, "set", new() { WriteThrough = true }))),
        new("ICacheClient.RemoveAsync", (on, id) => Wait(on.Client.RemoveAsync(Entry, id))),
        new("ICacheClient.ExpireAsync", (on, id) => Wait(on.Client.ExpireAsync(Entry, id))),
        new("ICacheClient.GetManyAsync", (on, id) => Wait(
            on.Client.GetManyAsync(TestCaches.Greeting, [$"{id}", $"also {id}"]))),
        new("ICacheClient.GetManyWithFallbackAsync", (on, id) => Assert.Equal(
            2, Wait(on.Client.GetManyWithFallbackAsync(Entry, [id, -id], LoadManyAsync)).Count)),
        new("ICacheClient.RemoveByTagAsync", (on, id) => Wait(on.Client.RemoveByTagAsync($"tag {id}"))),
    ];

    private static IEnumerable<KeyValuePair<string, Action<BlockedSubject, int>>> Extensions() =>
    [
        new("CacheClientExtensions.GetWithFallbackAsync", (on, id) => Returns(
            id, on.Client.GetWithFallbackAsync(Entry, id, LoadAsync))),
        new("CacheClientExtensions.GetWithFallbackAsync:one", (on, id) => Wait(
            on.Client.GetWithFallbackAsync(Single, stopping => LoadAsync(id, stopping)))),
        new("CacheClientExtensions.GetAsync", (on, id) => WithoutALoader(() => Wait(on.Client.GetAsync(Single)))),
        new("CacheClientExtensions.TryGetAsync", (on, id) => Wait(on.Client.TryGetAsync(Single))),
        new("CacheClientExtensions.SetAsync", (on, id) => Wait(on.Client.SetAsync(Single, "set"))),
        new("CacheClientExtensions.RemoveAsync", (on, id) => Wait(on.Client.RemoveAsync(Single))),
        new("CacheClientExtensions.ExpireAsync", (on, id) => Wait(on.Client.ExpireAsync(Single))),
    ];

    private static IEnumerable<KeyValuePair<string, Action<BlockedSubject, int>>> Text() =>
    [
        new("CacheClientTextExtensions.GetAsync", (on, id) => Wait(on.Client.GetAsync<string>(TextOf(id)))),
        new("CacheClientTextExtensions.GetAsync:key", (on, id) => Wait(on.Client.GetAsync<string>(KeyOf(id)))),
        new("CacheClientTextExtensions.GetWithFallbackAsync", (on, id) => Returns(
            id, on.Client.GetWithFallbackAsync<string>(TextOf(id), (_, stopping) => LoadAsync(id, stopping)))),
        new("CacheClientTextExtensions.GetWithFallbackAsync:key", (on, id) => Returns(
            id, on.Client.GetWithFallbackAsync<string>(KeyOf(id), (_, stopping) => LoadAsync(id, stopping)))),
        new("CacheClientTextExtensions.TryGetAsync", (on, id) => Wait(on.Client.TryGetAsync<string>(TextOf(id)))),
        new("CacheClientTextExtensions.TryGetAsync:key", (on, id) => Wait(on.Client.TryGetAsync<string>(KeyOf(id)))),
        new("CacheClientTextExtensions.SetAsync", (on, id) => Wait(on.Client.SetAsync(TextOf(id), "set"))),
        new("CacheClientTextExtensions.SetAsync:key", (on, id) => Wait(on.Client.SetAsync(KeyOf(id), "set"))),
        new("CacheClientTextExtensions.RemoveAsync", (on, id) => Wait(on.Client.RemoveAsync(TextOf(id)))),
        new("CacheClientTextExtensions.RemoveAsync:key", (on, id) => Wait(on.Client.RemoveAsync(KeyOf(id)))),
        new("CacheClientTextExtensions.ExpireAsync", (on, id) => Wait(on.Client.ExpireAsync(TextOf(id)))),
        new("CacheClientTextExtensions.ExpireAsync:key", (on, id) => Wait(on.Client.ExpireAsync(KeyOf(id)))),
    ];

    private static IEnumerable<KeyValuePair<string, Action<BlockedSubject, int>>> Adapters() =>
    [
        new("HybridCache.GetOrCreateAsync", (on, id) => Returns(
            id, on.Hybrid.GetOrCreateAsync($"key {id}", stopping => LoadAsync(id, stopping)))),
        new("HybridCache.GetOrCreateAsync:state", (on, id) => Returns(
            id, on.Hybrid.GetOrCreateAsync(TextOf(id), id, LoadAsync, tags: ["tag"]))),
        new("HybridCache.GetOrCreateAsync:local", (on, id) => Returns(
            id, on.Hybrid.GetOrCreateAsync(TextOf(id), id, LoadAsync, Local))),
        new("HybridCache.GetOrCreateAsync:refused", (on, id) => Returns(
            id, on.Hybrid.GetOrCreateAsync("\n", id, LoadAsync))),
        new("HybridCache.SetAsync", (on, id) => Wait(on.Hybrid.SetAsync(TextOf(id), "set"))),
        new("HybridCache.RemoveAsync", (on, id) => Wait(on.Hybrid.RemoveAsync(TextOf(id)))),
        new("HybridCache.RemoveAsync:many", (on, id) => Wait(on.Hybrid.RemoveAsync([TextOf(id), TextOf(-id)]))),
        new("HybridCache.RemoveByTagAsync", (on, id) => Wait(on.Hybrid.RemoveByTagAsync($"tag {id}"))),
        new("HybridCache.RemoveByTagAsync:many", (on, id) => Wait(on.Hybrid.RemoveByTagAsync(["one", $"tag {id}"]))),
        new("IDistributedCache.Get", (on, id) => on.Distributed.Get(TextOf(id))),
        new("IDistributedCache.GetAsync", (on, id) => Wait(on.Distributed.GetAsync(TextOf(id)))),
        new("IDistributedCache.Set", (on, id) => on.Distributed.Set(TextOf(id), [1], new())),
        new("IDistributedCache.SetAsync", (on, id) => Wait(on.Distributed.SetAsync(TextOf(id), [1], new()))),
        new("IDistributedCache.Refresh", (on, id) => on.Distributed.Refresh(TextOf(id))),
        new("IDistributedCache.RefreshAsync", (on, id) => Wait(on.Distributed.RefreshAsync(TextOf(id)))),
        new("IDistributedCache.Remove", (on, id) => on.Distributed.Remove(TextOf(id))),
        new("IDistributedCache.RemoveAsync", (on, id) => Wait(on.Distributed.RemoveAsync(TextOf(id)))),
        new("IBufferDistributedCache.TryGet", (on, id) => on.Distributed.TryGet(
            TextOf(id), new ArrayBufferWriter<byte>())),
        new("IBufferDistributedCache.TryGetAsync", (on, id) => Wait(
            on.Distributed.TryGetAsync(TextOf(id), new ArrayBufferWriter<byte>()))),
        new("IBufferDistributedCache.Set", (on, id) => on.Distributed.Set(
            TextOf(id), new ReadOnlySequence<byte>([1]), new())),
        new("IBufferDistributedCache.SetAsync", (on, id) => Wait(
            on.Distributed.SetAsync(TextOf(id), new ReadOnlySequence<byte>([1]), new()))),
        new("IDirectory.FindAsync", (on, id) => Assert.Equal(ValueOf(id), Wait(on.Directory.FindAsync(id)))),
        new("IDirectory.LineAsync", (on, id) => Assert.Equal(ValueOf(id), Wait(on.Directory.LineAsync(id)))),
    ];

    private static CacheKey KeyOf(int id) => TestCaches.Greeting.Key($"{id}");

    private static string TextOf(int id) => KeyOf(id).Text;

    private static string ValueOf(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>A fallback that continues in the context in which it was called.</summary>
    private static async ValueTask<string?> LoadAsync(int id, CancellationToken stopping)
    {
        await Task.Yield();
        return ValueOf(id);
    }

    private static async ValueTask<IReadOnlyDictionary<int, string>> LoadManyAsync(
        IReadOnlyList<int> ids, CancellationToken stopping)
    {
        await Task.Yield();
        return ids.ToDictionary(id => id, ValueOf);
    }

    private static void Returns(int id, ValueTask<string?> call) => Assert.Equal(ValueOf(id), Wait(call));

    private static void WithoutALoader(Action call)
    {
        try
        {
            call();
        }
        catch (ArgumentException)
        {
            // No silo has a loader for this cache; only the return of the call matters.
        }
    }

    private static T Wait<T>(ValueTask<T> call) => call.AsTask().GetAwaiter().GetResult();

    private static void Wait(ValueTask call) => call.AsTask().GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> call) => call.GetAwaiter().GetResult();

    private static void Wait(Task call) => call.GetAwaiter().GetResult();
}

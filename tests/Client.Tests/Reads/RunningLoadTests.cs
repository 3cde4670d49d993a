using CacheOrleans.Client.Tests.Hybrid;
using CacheOrleans.Definitions;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Reads;

/// <summary>A load that would wait for itself fails immediately.</summary>
public sealed class RunningLoadTests : IAsyncLifetime
{
    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private CacheCluster _cluster = null!;
    private TestApplication _application = null!;

    private ICacheClient Client => _application.Client;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CacheCluster.StartAsync();
        _application = _cluster.Join(services: services =>
        {
            services.AddCached<ITurns, Turns>();
            services.AddCacheOrleans().AsHybridCache();
        });
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Fallback_ReadsItsOwnKey_Throws()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await OwnAsync(1, default));

        Assert.Contains($"'{_cache.Key(1).Text}' -> '{_cache.Key(1).Text}'", error.Message, StringComparison.Ordinal);

        ValueTask<string?> OwnAsync(int key, CancellationToken token) =>
            Client.GetWithFallbackAsync(_cache, key, OwnAsync, cancellationToken: token);
    }

    [Fact]
    public async Task Fallbacks_FormACycle_ThrowNamingTheKeys()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await NextAsync(1, default));

        Assert.Contains(
            $"'{_cache.Key(1).Text}' -> '{_cache.Key(2).Text}' -> '{_cache.Key(3).Text}' -> '{_cache.Key(1).Text}'",
            error.Message,
            StringComparison.Ordinal);

        ValueTask<string?> NextAsync(int key, CancellationToken token) => Client.GetWithFallbackAsync(
            _cache, key, async (id, inner) => await NextAsync((id % 3) + 1, inner), cancellationToken: token);
    }

    [Fact]
    public async Task Batch_ReadsOneOfItsKeys_Throws()
    {
        // The first batch of a process may take so long that it is loaded without the cluster.
        await Client.GetManyWithFallbackAsync(
            _cache, [8, 9], (_, _) => new ValueTask<IReadOnlyDictionary<int, string>>(new Dictionary<int, string>()));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await Client.GetManyWithFallbackAsync(_cache, [1, 2], async (keys, token) =>
            {
                await Client.GetWithFallbackAsync(_cache, 2, Loaded, cancellationToken: token);
                return new Dictionary<int, string>();
            }));

        Assert.Contains($"'{_cache.Key(2).Text}' -> '{_cache.Key(2).Text}'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Client.GetWithFallbackAsync(
            _cache, 3, async (key, token) => (await Client.GetManyAsync(_cache, [4, 3], token))[4]));
    }

    [Fact]
    public async Task DecoratedMethod_CallsItself_Throws()
    {
        var turns = _application.Services.GetRequiredService<ITurns>();
        ((Turns)turns.Inner).Decorated = turns;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await turns.TakeAsync(1));

        Assert.Contains("turns/v1?id=1' -> 'turns/v1?id=1'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.None)]
    [InlineData(HybridCacheEntryFlags.DisableDistributedCache)]
    public async Task HybridFactory_ReadsItsOwnKey_Throws(HybridCacheEntryFlags flags)
    {
        var cache = _application.Services.GetRequiredService<HybridCache>();
        var options = new HybridCacheEntryOptions { Flags = flags };
        var key = HybridApplication.Key();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await OwnAsync(default));

        ValueTask<string> OwnAsync(CancellationToken token) =>
            cache.GetOrCreateAsync(key, OwnAsync, options, cancellationToken: token);
    }

    [Fact]
    public async Task Reads_WithoutWaitingForTheLoad_AreAllowed()
    {
        Task<string?>? after = null;
        var end = new TaskCompletionSource();
        var value = await Client.GetWithFallbackAsync(_cache, 1, async (key, token) =>
        {
            await Client.TryGetAsync(_cache, key, token);
            await Client.GetWithFallbackAsync(_cache, key + 1, Loaded, cancellationToken: token);
            after = LaterAsync(key);
            return "loaded";
        });
        end.SetResult();

        Assert.Equal("loaded", value);
        Assert.Equal("loaded", await after!);

        // The fallback starts this task, which reads after the fallback has ended.
        async Task<string?> LaterAsync(int key)
        {
            await end.Task;
            return await Client.GetWithFallbackAsync(
                _cache, key, Loaded, new CacheCallOptions { NearLease = TimeSpan.Zero });
        }
    }

    private static ValueTask<string?> Loaded(int key, CancellationToken token) => new($"loaded {key}");
}

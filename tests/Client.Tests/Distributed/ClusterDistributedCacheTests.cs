using System.Runtime.CompilerServices;
using CacheOrleans.Client.Tests.Blocked;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Distributed;

/// <summary>Behavior that Microsoft's implementation does not have, or that differs from it.</summary>
public sealed class ClusterDistributedCacheTests : IAsyncLifetime
{
    private static readonly DistributedCacheEntryOptions Forever = new();
    private CacheCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await CacheCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Set_OverTheLimit_ThrowsNamingTheLimit()
    {
        var cache = Join();

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => cache.SetAsync(Key(), new byte[2 * 1024 * 1024], Forever, Cancellation));

        Assert.Contains("Limits:MaxValueBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_WithHalfSurrogatePairs_AreDistinct()
    {
        var cache = Join();
        string[] keys = ["half \ud83d", "half \ud83e", "half \ufffd"];
        for (var i = 0; i < keys.Length; i++)
        {
            await cache.SetAsync(keys[i], [(byte)i], Forever, Cancellation);
        }

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal((byte)i, Assert.Single((await cache.GetAsync(keys[i], Cancellation))!));
        }
    }

    [Fact]
    public async Task Set_InAnotherProcess_IsReadAtOnce()
    {
        var (first, second, key) = (Join(), Join(), Key());
        for (byte i = 0; i < 50; i++)
        {
            await first.SetAsync(key, [i], Forever, Cancellation);

            Assert.Equal(i, Assert.Single((await second.GetAsync(key, Cancellation))!));
        }
    }

    [Fact]
    public async Task Get_WhileAnotherGetIsPending_AsksTheOwnerAgain()
    {
        var (cache, other, key) = (Join(), Join(), Key());
        var text = $"distributed/v1?key={Uri.EscapeDataString(key)}";
        await cache.SetAsync(key, [1], Forever, Cancellation);
        _cluster.Gate.Close(text);
        var first = cache.GetAsync(key, Cancellation);
        await Eventually.TrueAsync(() => _cluster.Gate.Waiting == 1, "the first answer is delayed");
        await other.SetAsync(key, [2], Forever, Cancellation);

        var second = cache.GetAsync(key, Cancellation);

        await Eventually.TrueAsync(() => _cluster.Gate.Waiting == 2, "the second answer is delayed");
        _cluster.Gate.Open(text);
        Assert.Equal(1, Assert.Single((await first)!));
        Assert.Equal(2, Assert.Single((await second)!));
    }

    [Fact]
    public async Task Copies_Enabled_EndOnASetInAnotherProcess()
    {
        var (first, second, key) = (Join(copies: TimeSpan.FromMinutes(1)), Join(), Key());
        await first.SetAsync(key, [1], Forever, Cancellation);
        var read = await first.GetAsync(key, Cancellation);
        read![0] = 9;
        Assert.True(first.GetAsync(key, Cancellation).IsCompletedSuccessfully);
        Assert.Equal([1], (await first.GetAsync(key, Cancellation))!);

        await second.SetAsync(key, [2], Forever, Cancellation);

        await Eventually.TrueAsync(
            async () => (await first.GetAsync(key, Cancellation))![0] == 2, "the copy is gone");
    }

    [Fact]
    public async Task Copies_OfSlidingValues_AreNotKept()
    {
        var (cache, key) = (Join(copies: TimeSpan.FromMinutes(1)), Key());
        var sliding = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromSeconds(2) };
        await cache.SetAsync(key, [1], sliding, Cancellation);
        var until = TimeProvider.System.GetTimestamp();

        await Eventually.TrueAsync(
            async () =>
            {
                Assert.Equal([1], (await cache.GetAsync(key, Cancellation))!);
                return TimeProvider.System.GetElapsedTime(until) > TimeSpan.FromSeconds(4);
            },
            "two sliding periods have passed");
    }

    [Fact]
    public async Task Calls_WhileNoSiloAnswers_Throw()
    {
        var (cache, key) = (Join(hasShortTimeouts: true), Key());
        await cache.SetAsync(key, [1], Forever, Cancellation);
        await _cluster.Silos.StopAllSilosAsync();

        await Assert.ThrowsAsync<CacheUnavailableException>(() => cache.GetAsync(key, Cancellation));
        await Assert.ThrowsAsync<CacheUnavailableException>(() => cache.SetAsync(key, [2], Forever, Cancellation));
        await Assert.ThrowsAsync<CacheUnavailableException>(() => cache.RefreshAsync(key, Cancellation));
        await Assert.ThrowsAsync<CacheUnavailableException>(() => cache.RemoveAsync(key, Cancellation));
    }

    [Fact]
    public async Task Changes_RefusedByRedis_Throw()
    {
        await using var cluster = await CacheCluster.StartAsync(
            configure: silo => silo.Services.AddSingleton<IBackingStore, RefusingStore>());
        var cache = cluster.Join(services: services => services.AddCacheOrleans().AsDistributedCache())
            .Services.GetRequiredService<IDistributedCache>();

        var set = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cache.SetAsync("key", [1], Forever, Cancellation));
        Assert.Contains("'key' was not stored", set.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CacheUnavailableException>(() => cache.RemoveAsync("key", Cancellation));
    }

    [Fact]
    public async Task SynchronousCalls_BlockedSynchronizationContext_DoNotHang()
    {
        var (cache, key) = (Join(), Key());
        var exclusive = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

        var value = await Task.Factory.StartNew(
            () =>
            {
                SynchronizationContext.SetSynchronizationContext(new BlockedContext());
                cache.Set(key, [1], Forever);
                cache.Refresh(key);
                var read = cache.Get(key);
                cache.Remove(key);
                Assert.Null(cache.Get(key));
                SynchronizationContext.SetSynchronizationContext(null);
                return read;
            },
            Cancellation,
            TaskCreationOptions.None,
            exclusive).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation);

        Assert.Equal([1], value!);
    }

    private static string Key([CallerMemberName] string test = "") => $"{test}:{Guid.NewGuid():N}";

    private IDistributedCache Join(TimeSpan copies = default, bool hasShortTimeouts = false)
    {
        var application = _cluster.Join(
            options =>
            {
                options.NearLease = TimeSpan.FromMinutes(1);
                options.ResponseTimeout = TimeSpan.FromSeconds(hasShortTimeouts ? 1 : 30);
                options.OperationTimeout = TimeSpan.FromSeconds(hasShortTimeouts ? 1 : 30);
            },
            services => services.AddCacheOrleans().AsDistributedCache(options => options.NearLease = copies));
        return application.Services.GetRequiredService<IDistributedCache>();
    }

    /// <summary>A Redis that responds and refuses every write.</summary>
    private sealed class RefusingStore : IBackingStore
    {
        public ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken) =>
            new(StoreReadResult.Missing);

        public ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
            IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken)
        {
            var refused = StoreWriteResult.Failed(new(StoreFailureKind.Other, new IOException("no")));
            return new([.. writes.Select(_ => refused)]);
        }

        public ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) => default;
    }
}

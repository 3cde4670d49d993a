using CacheOrleans.Client.Tests.Hybrid;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Reads;

/// <summary>A fallback that hangs blocks its key only for its own caller.</summary>
public sealed class FallbackTimeoutTests(SharedCluster shared) : IClassFixture<SharedCluster>, IAsyncLifetime
{
    private static readonly CacheCallOptions Short = new() { FallbackTimeout = TimeSpan.FromMilliseconds(300) };

    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private readonly CacheCluster _cluster = shared.Cluster;
    private ICacheClient _client = null!;
    private ICacheClient _other = null!;

    public ValueTask InitializeAsync()
    {
        _client = _cluster.Join().Client;
        _other = _cluster.Join().Client;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _cluster.LeaveAsync();

    [Fact]
    public async Task Fallback_OfAnotherProcess_RunsAfterTheTimeout()
    {
        var hanging = new Load<string>();
        var mine = ReadAsync(_client, hanging.RunAsync);
        await Eventually.TrueAsync(() => hanging.Runs == 1, "the fallback hangs");

        Assert.Equal("works", await ReadAsync(_other, Works));
        var error = await Assert.ThrowsAsync<TimeoutException>(() => mine);
        Assert.Contains("FallbackTimeout", error.Message, StringComparison.Ordinal);
        Assert.Equal("works", await ReadAsync(_client, hanging.RunAsync));
    }

    [Fact]
    public async Task Fallback_OfAnotherCaller_RunsAfterTheTimeout()
    {
        var hanging = new Load<string>();
        var mine = ReadAsync(_client, hanging.RunAsync);
        await Eventually.TrueAsync(() => hanging.Runs == 1, "the fallback hangs");
        var others = Enumerable.Range(0, 20).Select(_ => ReadAsync(_client, Works)).ToList();

        Assert.All(await Task.WhenAll(others), value => Assert.Equal("works", value));
        await Assert.ThrowsAsync<TimeoutException>(() => mine);
    }

    [Fact]
    public async Task Fallback_IgnoresItsToken_ItsLateValueIsStored()
    {
        var end = new TaskCompletionSource<string?>();
        var mine = ReadAsync(_client, (_, _) => new ValueTask<string?>(end.Task));
        await Assert.ThrowsAsync<TimeoutException>(() => mine);

        end.SetResult("late");

        await Eventually.TrueAsync(async () => await _other.GetAsync(_cache, 1) == "late", "the late value is stored");
    }

    [Fact]
    public async Task LateValue_NewerValueExists_DoesNotReplaceIt()
    {
        var end = new TaskCompletionSource<string?>();
        var mine = ReadAsync(_client, (_, _) => new ValueTask<string?>(end.Task));
        await Assert.ThrowsAsync<TimeoutException>(() => mine);
        Assert.Equal("works", await ReadAsync(_other, Works));
        var ends = _cluster.Gate.Completions;

        end.SetResult("late");

        await Eventually.TrueAsync(() => _cluster.Gate.Completions > ends, "the late value reached the owner");
        Assert.Equal("works", await _cluster.Join().Client.GetAsync(_cache, 1));
    }

    [Fact]
    public async Task Fallbacks_AllHang_EveryCallerTimesOut()
    {
        var hanging = new Load<string>();
        var callers = new[] { _client, _other }
            .SelectMany(client => Enumerable.Range(0, 5).Select(_ => ReadAsync(client, hanging.RunAsync)))
            .ToList();

        foreach (var caller in callers)
        {
            await Assert.ThrowsAnyAsync<TimeoutException>(() => caller.WaitAsync(TimeSpan.FromMinutes(1)));
        }
    }

    [Fact]
    public async Task Batch_Hangs_TimesOutAndReleasesItsKeys()
    {
        var end = new TaskCompletionSource<IReadOnlyDictionary<int, string>>();
        var batch = _client.GetManyWithFallbackAsync(_cache, [1, 2], (_, _) => new(end.Task), Short).AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => batch);

        Assert.Equal("works", await ReadAsync(_other, Works));
        end.SetResult(new Dictionary<int, string> { [1] = "late", [2] = "late" });

        await Eventually.TrueAsync(async () => await _other.GetAsync(_cache, 2) == "late", "the late value is stored");
        Assert.Equal("works", await _cluster.Join().Client.GetAsync(_cache, 1));
    }

    [Fact]
    public async Task HybridFactory_Hangs_BlocksOnlyItsOwnCaller()
    {
        var application = _cluster.Join(services: services => services.AddCacheOrleans()
            .AsHybridCache(options => options.FallbackTimeout = TimeSpan.FromMilliseconds(300)));
        var cache = application.Services.GetRequiredService<HybridCache>();
        foreach (var flags in new[] { HybridCacheEntryFlags.None, HybridCacheEntryFlags.DisableDistributedCache })
        {
            var hanging = new Load<string>();
            var options = new HybridCacheEntryOptions { Flags = flags };
            var key = HybridApplication.Key();
            var mine = cache.GetOrCreateAsync(key, token => hanging.RunAsync(0, token), options).AsTask();
            await Eventually.TrueAsync(() => hanging.Runs == 1, "the fallback hangs");

            Assert.Equal("works", await cache.GetOrCreateAsync(key, token => Works(0, token), options));
            hanging.Return("at last");
            Assert.Equal("at last", await mine);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_600_001)]
    public async Task FallbackTimeout_OutOfRange_IsRefused(int milliseconds)
    {
        var options = new CacheCallOptions { FallbackTimeout = TimeSpan.FromMilliseconds(milliseconds) };
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await _client.GetWithFallbackAsync(_cache, 1, Works, options));
        Assert.Contains(
            "FallbackTimeout must be from 00:00:00.001 to 01:00:00", error.Message, StringComparison.Ordinal);
    }

    private static ValueTask<string?> Works(int key, CancellationToken token) => new("works");

    private Task<string?> ReadAsync(
        ICacheClient client, Func<int, CancellationToken, ValueTask<string?>> fallback) =>
        client.GetWithFallbackAsync(_cache, 1, fallback, Short).AsTask();
}

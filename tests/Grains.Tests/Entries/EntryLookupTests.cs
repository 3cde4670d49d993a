using CacheOrleans.Alerts;
using CacheOrleans.Storage;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryLookupTests : IAsyncLifetime
{
    private const string Key = "user/v1?user_id=42";
    private static readonly BreakerPass Pass = new(7);
    private EntryCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task AKeyThatTheLoaderRefuses_IsNoEntry()
    {
        _cluster.Loader.Refuse = key => key.Text == Key ? "'user_id' is odd." : null;

        var errors = new[]
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _cluster.Entry(Key).GetAsync()),
            await Assert.ThrowsAsync<ArgumentException>(
                () => _cluster.Entry(Key).SetAsync(EntryCluster.Write("value"))),
            await Assert.ThrowsAsync<ArgumentException>(() => _cluster.Entry(Key).RemoveAsync()),
        };

        Assert.All(errors, error => Assert.Equal("'user_id' is odd.", error.Message));
        Assert.Equal(0, _cluster.Loader.Calls);
        Assert.NotNull((await _cluster.Entry("user/v1?user_id=43").GetAsync()).Value);
    }

    [Theory]
    [InlineData(StoreFailureKind.Timeout)]
    [InlineData(StoreFailureKind.Other)]
    public async Task ReadStore_Failure_IsToldWithItsPassAndCache(StoreFailureKind kind)
    {
        var failure = new StoreFailure(kind, new IOException("no"));
        _cluster.Store.ReadFailure = failure;

        await _cluster.Entry(Key).GetAsync();

        Assert.Equal((Pass, StoreOperation.Read, "user", failure), Assert.Single(_cluster.Gate.Told));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadStore_HitOrMiss_IsASuccess(bool isHit)
    {
        if (isHit)
        {
            var now = _cluster.Time.GetUtcNow();
            _cluster.Store.Put("user:v1:user:42", new StoreRecord([1], new Stamp(1), now, now.AddMinutes(1)));
        }

        await _cluster.Entry(Key).GetAsync();

        // The first value that is found of a cache has the cache's version read too.
        Assert.Equal(isHit ? 2 : 1, _cluster.Gate.Told.Count);
        Assert.All(_cluster.Gate.Told, told => Assert.Equal((Pass, StoreOperation.Read, null, null), told));
    }

    [Fact]
    public async Task ReadStore_FailureThatSaysNothing_IsNoAlert()
    {
        _cluster.Store.ReadFailure = new StoreFailure(StoreFailureKind.Starved, new TimeoutException());

        await _cluster.Entry(Key).GetAsync();

        Assert.DoesNotContain(_cluster.Alerts.Told, told => told.Stage == AlertStage.Read);
        Assert.DoesNotContain(_cluster.Gate.Told, told => told.Failure is null);
    }

    [Fact]
    public async Task ReadStore_Skipped_IsNotTold()
    {
        _cluster.Gate.IsOpen = true;

        await _cluster.Entry(Key).GetAsync();

        Assert.Empty(_cluster.Gate.Told);
    }
}

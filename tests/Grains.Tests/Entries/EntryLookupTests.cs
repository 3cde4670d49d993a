using CacheOrleans.Alerts;
using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryLookupTests : IAsyncLifetime
{
    private const string Key = "user/v1?user_id=42";
    private EntryCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Get_KeyRejectedByTheLoader_IsNotAnEntry()
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
    public async Task ReadStore_Failure_IsReportedWithItsPassAndCache(StoreFailureKind kind)
    {
        _cluster.Store.ReadFailure = new StoreFailure(kind, new IOException("no"));
        var pass = new BreakerPass(_cluster.Gate.Asked + 1);

        await _cluster.Entry(Key).GetAsync();

        Assert.Equal(new(pass, StoreOperation.Read, "user", kind), Assert.Single(_cluster.Gate.Reports));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadStore_HitOrMiss_IsReportedAsASuccess(bool isHit)
    {
        if (isHit)
        {
            var now = _cluster.Time.GetUtcNow();
            _cluster.Store.Put("user:v1:user:42", new StoreRecord([1], new Stamp(1), now, now.AddMinutes(1)));
        }

        // The first value found of a cache also causes a read of the cache's version.
        var passes = Enumerable.Range(_cluster.Gate.Asked + 1, isHit ? 2 : 1);

        await _cluster.Entry(Key).GetAsync();

        Assert.Equal(
            passes.Select(pass => new FakeGate.Outcome(new(pass), StoreOperation.Read)),
            _cluster.Gate.Reports.OrderBy(report => report.Pass.Generation));
    }

    [Fact]
    public async Task ReadStore_FailureWithoutInformation_IsNotAlerted()
    {
        _cluster.Store.ReadFailure = new StoreFailure(StoreFailureKind.Starved, new TimeoutException());

        await _cluster.Entry(Key).GetAsync();

        Assert.DoesNotContain(_cluster.Alerts.Reports, report => report.Stage == AlertStage.Read);
        Assert.DoesNotContain(_cluster.Gate.Reports, report => report.Kind is null);
    }

    [Fact]
    public async Task ReadStore_Skipped_IsNotReported()
    {
        _cluster.Gate.Refuses = true;

        await _cluster.Entry(Key).GetAsync();

        Assert.Empty(_cluster.Gate.Reports);
    }
}

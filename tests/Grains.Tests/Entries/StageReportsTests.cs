using CacheOrleans.Alerts;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>What lookups report to the alerts about their stages.</summary>
public sealed class StageReportsTests : IAsyncLifetime
{
    private const string Key = "user/v1?user_id=42";
    private EntryCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [Trait("Row", "L4")]
    [InlineData(StoreFailureKind.Timeout)]
    [InlineData(StoreFailureKind.Other)]
    public async Task Read_Fails_IsReportedWithItsException(StoreFailureKind kind)
    {
        var error = new IOException("no");
        _cluster.Store.ReadFailure = new StoreFailure(kind, error);

        await _cluster.Entry(Key).GetAsync();

        Assert.Equal(("user", AlertStage.Read, error), Assert.Single(_cluster.Alerts.Reports));
        Assert.Equal(1, (await _cluster.CountAsync()).Errors);
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task Read_UnreadableRecord_IsReported()
    {
        _cluster.Store.IsUnreadable = true;

        await _cluster.Entry(Key).GetAsync();

        var (cache, stage, error) = Assert.Single(_cluster.Alerts.Reports);
        Assert.Equal(("user", AlertStage.Read), (cache, stage));
        Assert.Contains("cache 'user'", Assert.IsType<InvalidDataException>(error).Message, StringComparison.Ordinal);
        Assert.Contains("It is damaged.", error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("42", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _cluster.CountAsync()).Errors);
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task Fallback_Fails_IsReportedWithItsOwnException()
    {
        _cluster.Loader.Answer = (_, _, _) => throw new InvalidOperationException("no such table");

        await Assert.ThrowsAsync<CacheFallbackException>(() => _cluster.Entry(Key).GetAsync());

        var (cache, stage, error) = Assert.Single(_cluster.Alerts.Reports);
        Assert.Equal(("user", AlertStage.Fallback), (cache, stage));
        Assert.Equal("no such table", Assert.IsType<InvalidOperationException>(error).Message);
        Assert.Equal(1, (await _cluster.CountAsync()).Errors);
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task Fallback_TakesTooLong_IsReportedAsATimeout()
    {
        _cluster.Loader.Answer = async (_, _, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return FakeLoader.Found("never");
        };

        var read = _cluster.Entry(Key).GetAsync();
        await Eventually.TrueAsync(
            () =>
            {
                _cluster.Time.Advance(TimeSpan.FromSeconds(1));
                return read.IsCompleted;
            },
            "the fallback has timed out");
        await Assert.ThrowsAsync<CacheFallbackException>(() => read);

        var (_, stage, error) = Assert.Single(_cluster.Alerts.Reports);
        Assert.Equal(AlertStage.Fallback, stage);
        Assert.IsType<TimeoutException>(error);
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task MissSkippedRedisAndCancelledCaller_AreNotReported()
    {
        await _cluster.Entry(Key).GetAsync();
        _cluster.Gate.Refuses = true;
        await _cluster.Entry("user/v1?user_id=43").GetAsync();
        await _cluster.Entry("plain/v1?id=1").GetAsync();

        var load = new TaskCompletionSource<Loading.LoadResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.Loader.Answer = (_, _, _) => load.Task;
        using var impatience = new CancellationTokenSource();
        var read = _cluster.Entry("user/v1?user_id=44").GetAsync(impatience.Token);
        await Eventually.TrueAsync(() => _cluster.Loader.Calls == 3, "the fallback runs");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        load.SetResult(FakeLoader.Found("late"));
        await _cluster.Entry("user/v1?user_id=44").GetAsync();

        Assert.Empty(_cluster.Alerts.Reports);
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task Success_DuringAProblem_IsReportedForEachStage()
    {
        _cluster.Alerts.HasProblems = true;

        await _cluster.Entry(Key).GetAsync();

        Assert.Equal(
            [("user", AlertStage.Read, null), ("user", AlertStage.Fallback, null)], _cluster.Alerts.Reports);
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task Skipped_DuringAProblem_IsNotASuccess()
    {
        _cluster.Alerts.HasProblems = true;
        _cluster.Gate.Refuses = true;

        await _cluster.Entry("plain/v1?id=1").GetAsync();

        Assert.Empty(_cluster.Alerts.Reports);
    }

    [Fact]
    public void OnSuccess_WithoutAProblem_AllocatesNothing()
    {
        var reports = new StageReports("user", new CacheMeter(), new NoAlerts());
        reports.OnSuccess(AlertStage.Read);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            reports.OnSuccess(AlertStage.Read);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}

using CacheOrleans.Alerts;
using CacheOrleans.Redis.WriteBehind;
using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>What the queue reports about its batches to the breaker and the alerts.</summary>
public sealed class BatchGateTests
{
    private static readonly FakeGate.Outcome Success = new(new(1), StoreOperation.Write);

    [Fact]
    [Trait("Row", "W4")]
    public async Task AppliedWrites_InTwoBatches_ReportOneSuccessForEachBatch()
    {
        await using var test = new TestQueue(new() { BatchSize = 2 });
        test.EnqueueMany(3);
        test.Enqueue(Writes.Tombstone(Writes.Key("1", "order"), 1));

        await RunAsync(test);

        Assert.Equal([Success, Success with { Pass = new(2) }], test.Gate.Reports);
    }

    [Fact]
    [Trait("Row", "W4")]
    public async Task SupersededWrite_IsReportedAsASuccessfulRead()
    {
        await using var test = new TestQueue();
        var late = Writes.Value(Writes.Key("1"), 1, [1]);
        test.Store.Kept[late.Key.Text] = Writes.Tombstone(late.Key, 2).Record;
        test.Enqueue(late);

        await RunAsync(test);

        Assert.Equal([Success with { Operation = StoreOperation.Read }], test.Gate.Reports);
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task FailedBatch_ReportsOneFailureForEachCache()
    {
        await using var test = new TestQueue();
        test.Store.Fails = _ => StoreFailureKind.Timeout;
        test.EnqueueMany(50);
        test.Enqueue(Writes.Value(Writes.Key("1", "order"), 1, [1]));
        test.Enqueue(Writes.Tombstone(Writes.Key("2", "order"), 1));

        await test.StartAsync();
        await Eventually.TrueAsync(() => test.Gate.Reports.Count >= 2, "the batch has failed");

        var timeout = Success with { Kind = StoreFailureKind.Timeout };
        Assert.Equal(
            [timeout with { Cache = "order" }, timeout with { Cache = "user" }],
            test.Gate.Reports.OrderBy(report => report.Cache));
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task PartlyFailedBatch_ReportsTheSuccessFirst()
    {
        await using var test = new TestQueue();
        test.Store.Fails = write => write.Key.Cache == "user" ? StoreFailureKind.OutOfMemory : null;
        test.EnqueueMany(2);
        test.Enqueue(Writes.Value(Writes.Key("1", "order"), 1, [1]));

        await test.StartAsync();
        await Eventually.TrueAsync(() => test.Gate.Reports.Count >= 2, "the batch has failed");

        Assert.Equal(
            [Success, Success with { Cache = "user", Kind = StoreFailureKind.OutOfMemory }],
            test.Gate.Reports);
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task FailedBatch_SeveralKindsForOneCache_ReportsTheFailureOfTheStore()
    {
        await using var test = new TestQueue();
        test.Store.Fails = write => write.Key.Text.EndsWith('1') ? StoreFailureKind.Loading : StoreFailureKind.Other;
        test.EnqueueMany(3);

        await test.StartAsync();
        await Eventually.TrueAsync(() => !test.Gate.Reports.IsEmpty, "the batch has failed");

        Assert.Equal([Success with { Cache = "user", Kind = StoreFailureKind.Loading }], test.Gate.Reports);
    }

    [Fact]
    public async Task StarvedBatch_IsNotReported()
    {
        await using var test = new TestQueue();
        test.Store.Fails = _ => test.Store.Batches.Count > 1 ? null : StoreFailureKind.Starved;
        test.EnqueueMany(3);

        await test.StartAsync();
        await test.AdvanceUntilAsync(() => !test.Gate.Reports.IsEmpty, "it is written after the retry");

        Assert.Equal([Success with { Pass = new(2) }], test.Gate.Reports);
        Assert.Empty(test.Alerts.Reports);
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task Retry_IsReportedWithItsOwnPass()
    {
        await using var test = new TestQueue();
        test.Store.Fails = _ => StoreFailureKind.Connection;
        test.EnqueueMany(1);
        await test.StartAsync();
        await test.AdvanceUntilAsync(() => test.Gate.Reports.Count >= 3, "it is tried again");

        Assert.Equal([1, 2, 3], test.Gate.Reports.Take(3).Select(report => report.Pass.Generation));
    }

    [Fact]
    [Trait("Row", "W2")]
    public async Task ExpiredWrite_NotSent_IsNotReported()
    {
        await using var test = new TestQueue();
        test.Enqueue(Writes.Value(Writes.Key("1"), 1, [1], keepFor: TimeSpan.Zero));
        await RunAsync(test);

        Assert.Equal(1, test.Meters.Sum("cacheorleans.write_behind.dropped/expired"));
        Assert.Empty(test.Gate.Reports);
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task FailedBatch_SendsOneAlertForEachCache()
    {
        await using var test = new TestQueue();
        test.Store.Fails = _ => StoreFailureKind.Timeout;
        test.EnqueueMany(50);
        test.Enqueue(Writes.Value(Writes.Key("1", "order"), 1, [1]));

        await test.StartAsync();
        await Eventually.TrueAsync(() => test.Alerts.Reports.Count >= 2, "the batch has failed");

        Assert.Equal(["order", "user"], test.Alerts.Reports.Select(report => report.Cache).Order());
        Assert.All(test.Alerts.Reports, report => Assert.Equal(AlertStage.Store, report.Stage));
        Assert.All(test.Alerts.Reports, report => Assert.Equal("made to fail", report.Exception!.Message));
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task FailedWrite_NotAFailureOfTheStore_IsAnAlertToo()
    {
        await using var test = new TestQueue();
        test.Store.Fails = _ => StoreFailureKind.Other;
        test.EnqueueMany(3);

        await RunAsync(test);

        var (cache, stage, _) = Assert.Single(test.Alerts.Reports);
        Assert.Equal(("user", AlertStage.Store), (cache, stage));
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task Batch_WhileAlertsAreOpen_ReportsASuccessForEachCacheBeforeTheFailures()
    {
        await using var test = new TestQueue { Alerts = { HasProblems = true } };
        test.Store.Fails = write => write.Key.Text.EndsWith("bad", StringComparison.Ordinal)
            ? StoreFailureKind.Other
            : null;
        var late = Writes.Value(Writes.Key("late", "plain"), 1, [1]);
        test.Store.Kept[late.Key.Text] = Writes.Tombstone(late.Key, 2).Record;
        test.Enqueue(late);
        test.Enqueue(Writes.Value(Writes.Key("bad"), 1, [1]));
        test.EnqueueMany(3);
        test.Enqueue(Writes.Value(Writes.Key("1", "order"), 1, [1]));

        await RunAsync(test);

        Assert.Equal(
            [("user", true), ("order", true), ("user", false)],
            test.Alerts.Reports.Select(report => (report.Cache, report.Exception is null)));
    }

    [Fact]
    [Trait("Row", "W5")]
    public void HealthyBatch_ChecksTheAlertsOnceAndAllocatesNothing()
    {
        var alerts = new RecordingAlerts();
        var gate = new BatchGate(new ClosedBreakerGate(), alerts);
        StoreWrite[] writes = [Writes.Value(Writes.Key("1"), 1, [1]), Writes.Value(Writes.Key("2"), 1, [1])];
        StoreWriteResult[] results = [StoreWriteResult.Applied, StoreWriteResult.Superseded(new(2))];
        gate.Report(default, writes, results);

        var before = GC.GetAllocatedBytesForCurrentThread();
        gate.Report(default, writes, results);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(2, alerts.Asked);
        Assert.Empty(alerts.Reports);
    }

    private static async Task RunAsync(TestQueue test)
    {
        await test.StartAsync();
        await test.StopAsync();
    }
}

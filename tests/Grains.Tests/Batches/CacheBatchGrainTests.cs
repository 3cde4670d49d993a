using CacheOrleans.Keys;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Batches;

public sealed class CacheBatchGrainTests : IAsyncLifetime
{
    private static readonly EntryRequest Request = new(EntryDemand.Leased, TimeSpan.FromSeconds(2));
    private EntryCluster _cluster = null!;

    private ICacheBatchGrain Batch => _cluster.Silos.Client.GetGrain<ICacheBatchGrain>(0);

    public async ValueTask InitializeAsync() => _cluster = await EntryCluster.StartAsync(silos: 3);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetOrLease_ThousandKeysAndOneInvalid_AnswersInOrder()
    {
        var keys = Keys(1000);
        keys[500] = "plain/v01?id=500";
        await _cluster.Entry(keys[3]).SetAsync(EntryCluster.Write("three"));

        var results = await Batch.GetOrLeaseAsync(keys, Request);

        Assert.Equal(1000, results.Length);
        Assert.Equal("three"u8.ToArray(), results[3].Reply!.Value!);
        var error = Assert.IsType<ArgumentException>(results[500].Error);
        Assert.Contains("'plain/v1?id=500'", error.Message, StringComparison.Ordinal);
        Assert.Null(results[500].Reply);
        Assert.Equal(998, results.Count(result => result.Reply?.Status == EntryStatus.Leased));
    }

    [Fact]
    public async Task Lease_RenewedAndCompleted_IsRead()
    {
        var keys = Keys(200);
        var leases = (await Batch.GetOrLeaseAsync(keys, Request)).Select(result => result.Reply!.Lease).ToArray();
        leases[7] = Guid.NewGuid();

        var renewed = await Batch.RenewAsync(keys, leases);
        var outcomes = await Batch.CompleteAsync(
            keys, [.. leases.Select((lease, place) => new LeaseCompletion(lease, [(byte)place]))]);
        var read = await Batch.GetOrLeaseAsync(keys, Request with { Demand = EntryDemand.Stored });

        Assert.Equal(leases.Select((_, place) => place != 7), renewed);
        Assert.Equal(leases.Select((_, place) => place != 7), outcomes.Select(outcome => outcome!.IsKept));
        Assert.Equal(
            leases.Select((_, place) => place == 7 ? null : (byte?)place),
            read.Select(result => result.Reply!.Value?[0]));
    }

    [Fact]
    public async Task Fail_Waiters_GetTheErrorInItsPosition()
    {
        var keys = Keys(3);
        var leases = (await Batch.GetOrLeaseAsync(keys, Request)).Select(result => result.Reply!.Lease).ToArray();
        var waiting = Batch.GetOrLeaseAsync(keys, Request);
        await Eventually.TrueAsync(async () => (await _cluster.CountAsync("plain")).Shared == 3, "all callers wait");

        await Batch.FailAsync(
            keys, [.. leases.Select(lease => new LeaseFailure(lease, $"{lease}", "System.Exception", "", null))]);

        var errors = (await waiting).Select(result => Assert.IsType<LeaseFailedException>(result.Error));
        Assert.Equal(leases, errors.Select(error => error.Failure.Lease));
    }

    [Fact]
    public async Task Complete_Impossible_HasNoOutcome()
    {
        var outcomes = await Batch.CompleteAsync(
            ["no key", "plain/v1?id=1"],
            [new LeaseCompletion(Guid.NewGuid(), [1]), new LeaseCompletion(Guid.NewGuid(), [1])]);

        Assert.Null(outcomes[0]);
        Assert.False(outcomes[1]!.IsKept);
        Assert.False(Assert.Single(await Batch.RenewAsync(["no key"], [Guid.NewGuid()])));
    }

    [Fact]
    public async Task GetOrLease_MoreThanOneAnswerHolds_RequestsTheRestAgain()
    {
        await using var cluster = await EntryCluster.StartAsync(configure: silo =>
            silo.Services.Configure<CacheLimits>(limits => limits.MaxValueBytes = 1024 * 1024));
        var batch = cluster.Silos.Client.GetGrain<ICacheBatchGrain>(0);
        var keys = Keys(200);
        foreach (var key in keys)
        {
            await cluster.Entry(key).SetAsync(new CacheWrite(new byte[256 * 1024]));
        }

        var asked = 0;
        while (keys.Length > 0)
        {
            asked++;
            var results = await batch.GetOrLeaseAsync(keys, Request);
            Assert.InRange(results.Sum(result => result.Reply!.Value?.Length ?? 0), 1, 64 * 1024 * 1024);
            keys = [.. keys.Where((_, place) => results[place].Reply!.Status == EntryStatus.Pending)];
        }

        Assert.InRange(asked, 2, 4);
    }

    [Fact]
    public async Task AnyCall_WrongNumber_SaysSo()
    {
        var many = await Assert.ThrowsAsync<ArgumentException>(() => Batch.GetOrLeaseAsync(Keys(1001), Request));
        Assert.Contains("1000", many.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Batch.RenewAsync(Keys(2), [Guid.NewGuid()]));
        Assert.Empty(await Batch.GetOrLeaseAsync([], Request));
    }

    private static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(id => $"plain/v1?id={id}")];
}

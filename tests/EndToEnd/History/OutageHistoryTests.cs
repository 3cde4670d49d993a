using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.EndToEnd.History;

/// <summary>
/// Applications over three silos while Redis is away, the silos' queues overflow, and silos stop. Accepted
/// changes count as acknowledged, whether Redis has them or not: no read that begins after one gets an older value, not
/// even after Redis has returned with its old data.
/// </summary>
/// <remarks>Entries move continuously, so that many have no owner when Redis is back and are read from there. Tags are
/// not used: invalidating one would also end the old data in Redis.</remarks>
public sealed class OutageHistoryTests : IAsyncLifetime
{
    private readonly RedisServer? _redis = RedisServer.TryLaunch();
    private readonly List<HistoryRow> _rows =
        [.. HistoryRow.Range("plain", 0, 60), .. HistoryRow.Range("other", 60, 60)];

    private HistoryCluster? _cluster;
    private ClientHistory _history = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _redis?.Resume();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _redis?.Dispose();
    }

    [Theory(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task RedisIsAway_QueuesOverflowAndASiloStops_ReadsAreNeverStale(int seed)
    {
        await StartAsync(seed, ("WriteBehind:Capacity", "4"), ("WriteBehind:RemoveCapacity", "6"));
        await RunAsync(
            async () =>
            {
                _redis!.Pause();
                await StateAsync(BreakerState.Open);
                await StopOneAsync(isQuiet: seed % 2 == 1);
            },
            () =>
            {
                _redis!.Resume();
                return Task.CompletedTask;
            });
    }

    [Theory(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task BreakerIsIsolated_SiloStops_ReadsAreNeverStale(int seed)
    {
        await StartAsync(seed);
        await RunAsync(
            async () =>
            {
                await _cluster!.Breaker.IsolateAsync();
                await StateAsync(BreakerState.Isolated);
                await StopOneAsync(isQuiet: seed % 2 == 1);
            },
            () => _cluster!.Breaker.CloseAsync());
    }

    private async Task StartAsync(int seed, params (string, string)[] settings)
    {
        Assert.SkipWhen(_redis is null, "There is no redis-server on this machine.");
        _cluster = await HistoryCluster.StartAsync(
            _redis.ConnectionString,
            silo => silo.AddCacheOrleans(),
            [("Breaker:BreakDuration", "00:00:01"), ("Breaker:MaxBreakDuration", "00:00:01"), .. settings]);
        _history = new ClientHistory(
            seed, _rows, [Join("no copies", TimeSpan.Zero), Join("copies", TimeSpan.FromSeconds(1))])
        {
            Database = new SlowDatabase(seed, _rows) { Longest = TimeSpan.FromMilliseconds(200) },
            Record = new HistoryRecord { CopyBound = TimeSpan.FromSeconds(4) },
            Pause = TimeSpan.FromSeconds(4),
            ReadPause = TimeSpan.FromSeconds(2),
            UsesTags = false,
        };
    }

    /// <summary>Runs the history with an outage. No changes follow it, because a later change would hide that an
    /// earlier one was undone.</summary>
    private async Task RunAsync(Func<Task> outage, Func<Task> end)
    {
        await _cluster!.MoveWhileAsync(
            () => _history.RunAsync(
                async () =>
                {
                    await _history.ChangesAsync(80);
                    await outage();
                },
                async () =>
                {
                    await end();
                    await StateAsync(BreakerState.Closed);
                }),
            _rows);
        _history.Check();
    }

    /// <summary>Changes rows, and gracefully stops a silo.</summary>
    /// <param name="isQuiet">Whether no calls are made from then on until the outage has ended: values that reads load
    /// would hide undone changes.</param>
    private async Task StopOneAsync(bool isQuiet)
    {
        await _history.ChangesAsync(120);
        await (isQuiet ? _history.Gate.CloseAsync() : Task.CompletedTask);
        await _cluster!.Silos.StopSiloAsync(_cluster.Silos.Silos[^1]);
    }

    private Task StateAsync(BreakerState state) => Eventually.TrueAsync(
        () => _cluster!.Silos.Silos.All(silo =>
            silo.ServiceProvider.GetRequiredService<IBreakerView>().View.State == state),
        $"the breaker of every silo is {state}",
        TimeSpan.FromMinutes(2));

    private HistoryClient Join(string name, TimeSpan nearLease) => _cluster!.Join(name, options =>
    {
        options.NearLease = nearLease;
        options.OperationTimeout = TimeSpan.FromMinutes(1);
    });
}

using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.EndToEnd.History;

/// <summary>
/// Applications with and without copies over three silos, whose fallbacks read first and return up to four seconds
/// later, while others set, remove and expire entries and invalidate tags, and activations move. A read that skips the
/// copies and begins after an acknowledged change never gets an older value. Neither does a read that copies may
/// answer, once its own process made the change or every process has seen it. Every read is answered.
/// </summary>
/// <remarks>The near-lease is an hour, so that only a message ends a copy. The clients have long timeouts, because
/// the machine may be busy.</remarks>
public sealed class SlowFallbackHistoryTests : IAsyncLifetime
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private HistoryCluster _cluster = null!;
    private SlowDatabase _database = null!;

    public async ValueTask InitializeAsync() => _cluster = await HistoryCluster.StartAsync(
        _redis.ConnectionString,
        silo =>
        {
            silo.AddCacheOrleans().AddCache(new CacheDefinition("loaded", "loaded:{id}", HistoryRow.Life));
            silo.Services.AddSingleton(new LoaderRegistration("loaded"));
            silo.Services.AddKeyedSingleton<ICacheLoader>("loaded", (_, _) => new LatestLoader(() => _database));
        });

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _redis.Dispose();
    }

    [Theory(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task Reads_AreNeverOlderThanAnAcknowledgedChange(int seed)
    {
        List<HistoryRow> rows =
        [
            .. HistoryRow.Range("plain", 0, 4),
            .. HistoryRow.Range("loaded", 4, 3, haveLoader: true),
            .. HistoryRow.Range("troubled", 7, 2, areTroubled: true),
        ];
        _database = new SlowDatabase(seed, rows);
        var history = new ClientHistory(
            seed,
            rows,
            [Join("no copies", TimeSpan.Zero), Join("copies", Forever), Join("more copies", Forever)])
        {
            Database = _database,
            ReadPause = TimeSpan.FromMilliseconds(200),
        };

        await _cluster.MoveWhileAsync(() => history.RunAsync(() => history.ChangesAsync(90)), rows);

        history.Check();
        Assert.True(history.Record.RiskyReads > 50, $"{history.Record.RiskyReads} reads began during an older load");
    }

    private static TimeSpan Forever => TimeSpan.FromHours(1);

    private HistoryClient Join(string name, TimeSpan nearLease) => _cluster.Join(name, options =>
    {
        options.NearLease = nearLease;
        options.ResponseTimeout = TimeSpan.FromSeconds(30);
        options.OperationTimeout = TimeSpan.FromMinutes(1);
    });

    /// <summary>The loader of the running history.</summary>
    private sealed class LatestLoader(Func<SlowDatabase> database) : ICacheLoader
    {
        public ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken) =>
            database().LoadAsync(key, cancellationToken);
    }
}

using System.Globalization;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>Evicted entries leave nothing in the silos' memory, however many there were.</summary>
/// <remarks>It measures the heap of the process, so no other test runs beside it. <c>make test-evictions</c> does the
/// same with 500,000 entries.</remarks>
[Collection(nameof(LonelyGroup))]
public sealed class EvictionMemoryTests
{
    private const int Callers = 64;
    private const int MaxCount = 200;

    private static readonly int Evictions = int.Parse(
        Environment.GetEnvironmentVariable("CACHEORLEANS_EVICTIONS") ?? "20000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Heap_AfterTenTimesAsManyEvictions_GrowsByLessThanATenth(int silos)
    {
        await using var cluster = Cluster(silos);
        await cluster.DeployAsync();

        var before = await HeapAfterAsync(cluster, 0, Evictions / 10);
        var after = await HeapAfterAsync(cluster, Evictions / 10, Evictions);

        TestContext.Current.TestOutputHelper!.WriteLine($"{silos} silos: {before:N0} bytes, then {after:N0}");
        Assert.True(
            after < before * 1.1,
            $"{before:N0} bytes after {Evictions / 10} evictions, {after:N0} after {Evictions}: "
            + $"{(after - before) / (Evictions * 0.9):F0} for each.");
    }

    private static InProcessTestCluster Cluster(int silos)
    {
        var builder = TestClusters.Builder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IBackingStore, Nowhere>();
            silo.Services.AddSingleton<IWriteBehind, Nowhere>();
            silo.Services.Configure<CacheEntryOptions>(options =>
            {
                options.MaxCount = MaxCount;
                options.DirectoryCacheSize = Evictions / 50;
            });
            silo.AddCacheOrleans()
                .AddCache(new CacheDefinition("user", "user:{user_id}", TimeSpan.FromMinutes(5)))
                .AddLoader<Nowhere>("user");
        });
        return builder.Build();
    }

    private static async Task<long> HeapAfterAsync(InProcessTestCluster cluster, int from, int to)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < to)
            {
                await cluster.Client.GetGrain<ICacheEntryGrain>($"user/v1?user_id={number}").GetAsync();
            }
        }));
        var management = cluster.Client.GetGrain<IManagementGrain>(0);
        await Eventually.TrueAsync(
            async () => (await management.GetSimpleGrainStatistics())
                .Where(grains => grains.GrainType.Contains(nameof(CacheEntryGrain), StringComparison.Ordinal))
                .Sum(grains => grains.ActivationCount) <= MaxCount * 2,
            "the other entries have been evicted");
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>A store that keeps nothing, and a loader that has every key.</summary>
    private sealed class Nowhere : IBackingStore, IWriteBehind, ICacheLoader
    {
        private static readonly Task<StoreWriteResult> Written = Task.FromResult(StoreWriteResult.Applied);

        public ValueTask<StoreReadResult> ReadAsync(StoreKey key, CancellationToken cancellationToken) =>
            new(StoreReadResult.Missing);

        public ValueTask<IReadOnlyList<StoreWriteResult>> WriteAsync(
            IReadOnlyList<StoreWrite> writes, CancellationToken cancellationToken) =>
            new([.. writes.Select(_ => StoreWriteResult.Applied)]);

        public ValueTask<StoreFailure?> ProbeAsync(CancellationToken cancellationToken) => default;

        public PendingWrite Enqueue(StoreWrite write) => new(Written, Written);

        public ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken) =>
            new(LoadResult.Found(new byte[100]));
    }
}

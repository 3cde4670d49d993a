using System.Diagnostics;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Memory;

/// <summary>What an entry takes while it lives, and how fast entries come to life.</summary>
internal sealed class EntryExperiment : IExperiment
{
    private const int AtOnce = 128;
    private const int FirstKey = 50_000_000; // what other experiments ask for is below

    public string Group => "entry";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        var speed = await OnNewSiloAsync(services => SpeedAsync(lab, GrainsOf(services)));
        var count = lab.Sized(5_000, 100_000);
        var bare = await OnNewSiloAsync(services =>
            GrowthAsync(0, count, id => BareOf(GrainsOf(services), id).GetAsync()));
        var read = await OnNewSiloAsync(services => ReadAsync(services, count)) - Payload.Bytes.Length;
        var entry = await OnNewSiloAsync(services => SetAsync(services, count)) - Payload.Bytes.Length;
        return
        [
            .. speed,
            new Row("entry.memory", $"memory per live entry beyond its payload, {count} entries", Unit.Bytes,
                Target.Most(2600), new("an entry that was set", entry), new("a bare activation", bare))
            {
                Floor = new("a bare activation", bare),
                Others = [new("an entry that was read from Redis", read)],
            },
        ];
    }

    /// <summary>Does something on a silo of its own, for what a silo has for all its activations grows by leaps.
    /// </summary>
    private static async Task<T> OnNewSiloAsync<T>(Func<IServiceProvider, Task<T>> measureAsync)
    {
        await using var cluster = await Cluster.StartAsync(1);
        return await measureAsync(cluster.Silo.Services);
    }

    /// <summary>New keys on both sides, each asked for what it holds, which is nothing.</summary>
    private static Task<IReadOnlyList<Row>> SpeedAsync(Lab lab, IGrainFactory grains)
    {
        var next = 0;
        return lab.CompareAsync(
            new Comparison("entry.activations", "activations a second", Target.LeastRatio(0.85),
                Contender.Of("entries", AtOnce, async _ =>
                {
                    var description = await EntryOf(grains, Interlocked.Increment(ref next)).DescribeAsync();
                    if (description.State != EntryState.Empty)
                    {
                        throw new InvalidOperationException("A new entry holds something.");
                    }
                }),
                Contender.Of("bare activations", AtOnce, async _ =>
                    Payload.Check((await BareOf(grains, Interlocked.Increment(ref next)).GetAsync()).Value)))
            {
                Unit = Unit.PerSecond,
            });
    }

    private static async Task<double> SetAsync(IServiceProvider silo, int count)
    {
        var grains = GrainsOf(silo);
        var growth = await GrowthAsync(FirstKey, count, id =>
            EntryOf(grains, id).SetAsync(new CacheWrite([.. Payload.Bytes])));
        Payload.Check((await EntryOf(grains, FirstKey).GetAsync()).Value);
        return growth;
    }

    /// <summary>The same of entries that have never been written by this silo.</summary>
    private static async Task<double> ReadAsync(IServiceProvider silo, int count)
    {
        var (grains, first) = (GrainsOf(silo), FirstKey + count);
        await Stored.FillAsync(silo.GetRequiredService<IBackingStore>(), first, count);
        return await GrowthAsync(first, count, async id =>
            Payload.Check((await EntryOf(grains, id).GetAsync()).Value));
    }

    /// <summary>By how much the heap has grown for each of so many operations when all is done.</summary>
    private static async Task<double> GrowthAsync(int first, int count, Func<int, Task> operation)
    {
        var before = await HeapAsync();
        await Contender.Of(string.Empty, AtOnce, i => operation(first + i)).RunAsync(count);
        return (double)(await HeapAsync() - before) / count;
    }

    /// <summary>What is in use once nothing waits to be written or collected: when it has ceased to shrink.</summary>
    private static async Task<long> HeapAsync()
    {
        var (heap, clock) = (GC.GetTotalMemory(forceFullCollection: true), Stopwatch.StartNew());
        while (clock.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            var now = GC.GetTotalMemory(forceFullCollection: true);
            if (heap - now < 100_000)
            {
                return now;
            }

            heap = now;
        }

        return heap;
    }

    private static IGrainFactory GrainsOf(IServiceProvider silo) => silo.GetRequiredService<IGrainFactory>();

    private static ICacheEntryGrain EntryOf(IGrainFactory grains, int id) =>
        grains.GetGrain<ICacheEntryGrain>(Products.Bytes.Key(id).Text);

    private static IBareGrain BareOf(IGrainFactory grains, int id) =>
        grains.GetGrain<IBareGrain>(Products.Bytes.Key(id).Text);
}

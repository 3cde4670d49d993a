using System.Diagnostics;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Memory;

/// <summary>Measures the memory of a live entry, and how fast entries are activated.</summary>
internal sealed class EntryExperiment : IExperiment
{
    private const int AtOnce = 128;
    private const int FirstKey = 50_000_000; // other experiments use lower keys

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

    /// <summary>Measures on a new silo, because the shared tables of a silo's activations grow in large
    /// steps.</summary>
    private static async Task<T> OnNewSiloAsync<T>(Func<IServiceProvider, Task<T>> measureAsync)
    {
        await using var cluster = await Cluster.StartAsync(1);
        return await measureAsync(cluster.Silo.Services);
    }

    /// <summary>Measures calls to new keys on both sides; each entry is asked to describe itself and is
    /// empty.</summary>
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
                        throw new InvalidOperationException("A new entry is not empty.");
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

    /// <summary>Measures entries that this silo has read but never written.</summary>
    private static async Task<double> ReadAsync(IServiceProvider silo, int count)
    {
        var (grains, first) = (GrainsOf(silo), FirstKey + count);
        await Stored.FillAsync(silo.GetRequiredService<IBackingStore>(), first, count);
        return await GrowthAsync(first, count, async id =>
            Payload.Check((await EntryOf(grains, id).GetAsync()).Value));
    }

    /// <summary>Returns by how much the heap has grown per operation when all operations are done.</summary>
    private static async Task<double> GrowthAsync(int first, int count, Func<int, Task> operation)
    {
        var before = await HeapAsync();
        await Contender.Of(string.Empty, AtOnce, i => operation(first + i)).RunAsync(count);
        return (double)(await HeapAsync() - before) / count;
    }

    /// <summary>Returns the heap in use when it no longer shrinks, so nothing waits to be written or
    /// collected.</summary>
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

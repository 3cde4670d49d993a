using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Hits;

/// <summary>Measures a hit in the process's own memory, through each of the interfaces.</summary>
internal sealed class HitExperiment : IExperiment
{
    public string Group => "hit";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        using var hits = new Hitters((await lab.OursAsync()).Services, (await lab.PeersAsync()).Services);
        await hits.FillAsync();
        return await lab.CompareAsync(
            new("hit.at-hand", "near-cache hit, key at hand", Target.FreeRatio(0.4), hits.Client, hits.Hybrid)
            {
                Floor = hits.Dictionary,
                Others = [hits.ClientText, hits.Memory],
            },
            new("hit.key-made", "the same, the key made from an int for each call",
                Target.FreeRatio(0.25), hits.Client, hits.HybridMade)
            {
                Floor = hits.Dictionary,
                Others = [hits.AdapterMade],
            },
            new("hit.all", "near-cache hit, a thread on each processor, all of them together", Target.Reported,
                hits.ClientOnAll, hits.HybridOnAll)
            {
                Floor = hits.Dictionary,
            },
            new("hit.fusion", "near-cache hit", Target.Ratio(0.1), hits.Client, hits.Fusion)
            {
                Floor = hits.Dictionary,
            },
            new("hit.adapter", "hit through HybridCache's interface", Target.FreeRatio(1), hits.Adapter, hits.Hybrid)
            {
                Floor = hits.Dictionary,
            },
            new("hit.decorated", "hit through a generated decorator", Target.Reported, hits.Decorated, hits.Client)
            {
                Floor = hits.Dictionary,
            });
    }
}

using CacheOrleans.Bench.Alerts;
using CacheOrleans.Bench.Breaker;
using CacheOrleans.Bench.Cold;
using CacheOrleans.Bench.Growth;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Hits;
using CacheOrleans.Bench.Many;
using CacheOrleans.Bench.Memory;
using CacheOrleans.Bench.Outage;
using CacheOrleans.Bench.Owner;
using CacheOrleans.Bench.Replay;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Bench.Stampede;
using CacheOrleans.Bench.Wire;
using CacheOrleans.Bench.Writes;

namespace CacheOrleans.Bench;

/// <summary>All experiments, in the order of the table.</summary>
internal static class Experiments
{
    public static readonly IReadOnlyList<IExperiment> All =
    [
        new HitExperiment(),
        new PermitExperiment(),
        new OwnerExperiment(),
        new ColdExperiment(),
        new ManyExperiment(),
        new WriteExperiment(),
        new StampedeExperiment(),
        new OutageExperiment(),
        new TripExperiment(),
        new HangingChannelExperiment(),
        new Isolated(new EntryExperiment()),
        new Isolated(new KeysExperiment()),
        new SilosExperiment(),
        new ReplayExperiment(),
        new WireExperiment(),
    ];
}

using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Owner;

/// <summary>Measures a read that the entry's owner answers from memory: inside the silo, and from a process of its own.
/// </summary>
/// <remarks>A single caller mostly waits for threads to wake up; many callers wait for the processor.</remarks>
internal sealed class OwnerExperiment : IExperiment
{
    public string Group => "owner";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        var cluster = await lab.ClusterAsync();
        var grains = cluster.Silo.Services.GetRequiredService<IGrainFactory>();
        var redis = await lab.RedisAsync();
        await Readers.FillAsync(grains, redis);
        var inside = await lab.CompareAsync(
            new("owner.silo", "owner hit inside the silo, one caller", Target.Ratio(1.2),
                Readers.Entry(grains, 1), Readers.Bare(grains, 1))
            {
                Others = [Readers.Lease(grains, 1)],
            },
            new("owner.silo-128", "owner hit inside the silo, 128 callers", Target.Ratio(1.2),
                Readers.Entry(grains, 128), Readers.Bare(grains, 128)),
            new("owner.redis", "owner hits a second inside the silo, 128 callers", Target.LeastRatio(1.1),
                Readers.Entry(grains, 128), Readers.Redis(redis, 128))
            {
                Unit = Unit.PerSecond,
                Floor = Readers.Bare(grains, 128),
            },
            new("owner.reference", "a reference to an entry, which each call begins with", Target.Reported,
                Readers.ReferenceByText(grains), Readers.ReferenceById(grains)));
        if (!lab.Settings.Selects(OwnerClient.Role))
        {
            return inside;
        }

        await using var process = await ClientProcess.StartAsync(OwnerClient.Role, lab.OrderFor(cluster, Readers.Keys));
        return [.. inside, .. await process.RunAsync<Row[]>()];
    }
}

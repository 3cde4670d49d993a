using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Owner;
using CacheOrleans.Bench.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Many;

/// <summary>Measures reads of many values in one call, from a process of its own.</summary>
internal sealed class ManyExperiment : IExperiment
{
    public string Group => "many";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        var cluster = await lab.ClusterAsync();
        await Readers.FillAsync(cluster.Silo.Services.GetRequiredService<IGrainFactory>(), await lab.RedisAsync());
        await using var process = await ClientProcess.StartAsync(ManyClient.Role, lab.OrderFor(cluster, Readers.Keys));
        return await process.RunAsync<Row[]>();
    }
}

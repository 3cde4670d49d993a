using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Growth;

/// <summary>Measures the cost of a request from a client process while the number of keys in the silo grows.</summary>
internal sealed class KeysExperiment : IExperiment
{
    public string Group => "keys";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        if (lab.Settings.IsQuick)
        {
            return []; // growing takes too long for a quick run
        }

        await using var cluster = await Cluster.StartAsync(1);
        var grains = cluster.Silo.Services.GetRequiredService<IGrainFactory>();
        int[] sizes = [10_000, 100_000, 500_000];
        List<Row> measured = [];
        var filled = 0;
        foreach (var size in sizes)
        {
            await RequestClient.FillAsync(grains, filled, size);
            filled = size;
            await using var process = await ClientProcess.StartAsync(RequestClient.Role, lab.OrderFor(cluster, size));
            measured.Add(await process.RunAsync<Row>());
        }

        return [.. measured.Select((row, i) => row with
        {
            Id = $"keys.{sizes[i] / 1000}k",
            Title = $"request from a client process, {sizes[i] / 1000} k live keys",
            Target = i == 0 ? Target.Reported : Target.Ratio(1.15),
            Peer = i == 0 ? null : measured[0].Ours with { Name = $"{sizes[0] / 1000} k live keys" },
            Others = [row.Peer!], // a bare grain with as many keys
        })];
    }
}

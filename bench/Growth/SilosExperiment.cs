using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Growth;

/// <summary>Measures the cost of a request from a client process as more silos share this machine.</summary>
internal sealed class SilosExperiment : IExperiment
{
    private const int Keys = 10_000;

    public string Group => "silos";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        if (lab.Settings.IsQuick)
        {
            return []; // growing takes too long for a quick run
        }

        List<Row> rows = [];
        foreach (var silos in (int[])[1, 2, 4])
        {
            await using var cluster = await Cluster.StartAsync(silos);
            await RequestClient.FillAsync(cluster.Silo.Services.GetRequiredService<IGrainFactory>(), 0, Keys);
            await using var process = await ClientProcess.StartAsync(RequestClient.Role, lab.OrderFor(cluster, Keys));
            var row = await process.RunAsync<Row>();
            rows.Add(row with
            {
                Id = $"silos.{silos}",
                Title = $"request from a client process, {silos} silos on this machine",
                Target = Target.Reported,
            });
        }

        return rows;
    }
}

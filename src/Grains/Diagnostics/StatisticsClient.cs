using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Reads the counters and declared caches of a given silo.</summary>
internal sealed class StatisticsClient(IServiceProvider services) : GrainServiceClient<IStatisticsService>(services)
{
    public Task<Dictionary<string, CacheCounters>> ReadAsync(SiloAddress silo) => GetGrainService(silo).ReadAsync();

    public Task<CacheDeclaration[]> ReadDeclaredAsync(SiloAddress silo, string? name) =>
        GetGrainService(silo).ReadDeclaredAsync(name);
}

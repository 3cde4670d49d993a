using CacheOrleans.Breaker;
using Orleans.Concurrency;
using Orleans.Services;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Receives the snapshots that the coordinator pushes to a silo.</summary>
[Alias("CacheOrleans.IBreakerService")]
internal interface IBreakerService : IGrainService
{
    [Alias("ApplyAsync")]
    [OneWay]
    Task ApplyAsync(BreakerSnapshot snapshot);
}

using CacheOrleans.Breaker;
using Orleans.Concurrency;
using Orleans.Services;

namespace CacheOrleans.Grains.Breaker;

/// <summary>One silo's ear for what the coordinator has to say at once.</summary>
[Alias("CacheOrleans.IBreakerService")]
internal interface IBreakerService : IGrainService
{
    [Alias("ApplyAsync")]
    [OneWay]
    Task ApplyAsync(BreakerSnapshot snapshot);
}

using CacheOrleans.Breaker;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Passes the coordinator's snapshots to this silo's replica.</summary>
internal sealed class BreakerService(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggerFactory, BreakerReplica replica)
    : GrainService(id, silo, loggerFactory), IBreakerService
{
    public Task ApplyAsync(BreakerSnapshot snapshot)
    {
        replica.OnPush(snapshot);
        return Task.CompletedTask;
    }
}

using CacheOrleans.Alerts;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Passes the coordinator's tables to this silo's replica, and returns the replica's table to a new
/// coordinator.</summary>
internal sealed class AlertService(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggerFactory, AlertReplica replica)
    : GrainService(id, silo, loggerFactory), IAlertService
{
    public Task ApplyAsync(AlertTable table)
    {
        replica.OnPush(table);
        return Task.CompletedTask;
    }

    public Task<AlertTable> ReadAsync() => Task.FromResult(replica.Known);
}

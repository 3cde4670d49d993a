using CacheOrleans.Alerts;
using Orleans.Concurrency;
using Orleans.Services;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Receives the tables that the coordinator of alerts pushes to a silo, and returns the silo's table to a new
/// coordinator.</summary>
[Alias("CacheOrleans.IAlertService")]
internal interface IAlertService : IGrainService
{
    [Alias("ApplyAsync")]
    [OneWay]
    Task ApplyAsync(AlertTable table);

    /// <summary>Returns the table that the silo carries, including the cooldowns that it began without the coordinator.
    /// </summary>
    [Alias("ReadAsync")]
    [ResponseTimeout("00:00:01")]
    Task<AlertTable> ReadAsync();
}

using CacheOrleans.Alerts;
using Orleans.Concurrency;
using Orleans.Services;

namespace CacheOrleans.Grains.Alerts;

/// <summary>One silo's ear for what the coordinator of alerts has to say at once, and its mouth for what a new one
/// asks.</summary>
[Alias("CacheOrleans.IAlertService")]
internal interface IAlertService : IGrainService
{
    [Alias("ApplyAsync")]
    [OneWay]
    Task ApplyAsync(AlertTable table);

    /// <summary>Returns the table that the silo carries, with the holds it decided alone.</summary>
    [Alias("ReadAsync")]
    [ResponseTimeout("00:00:01")]
    Task<AlertTable> ReadAsync();
}

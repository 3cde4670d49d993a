using CacheOrleans.Storage;
using Orleans.Services;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Takes over the writes that another silo, which stops, could not bring to the store.</summary>
[Alias("CacheOrleans.IHandOverService")]
internal interface IHandOverService : IGrainService
{
    /// <summary>Takes all of some writes; those that come twice do no harm, for their stamps are the same.</summary>
    /// <returns>Whether this silo sees to them; false: it stops itself.</returns>
    [Alias("TakeAsync")]
    [ResponseTimeout("00:00:02")]
    Task<bool> TakeAsync(StoreWrite[] writes);
}

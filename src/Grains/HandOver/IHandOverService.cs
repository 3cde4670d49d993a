using CacheOrleans.Storage;
using Orleans.Services;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Takes over the writes that a stopping silo could not write to the store.</summary>
[Alias("CacheOrleans.IHandOverService")]
internal interface IHandOverService : IGrainService
{
    /// <summary>Takes over all the writes; a write that arrives twice does no harm, because its stamp is the same.
    /// </summary>
    /// <returns>Whether this silo has taken them over; false if it stops itself.</returns>
    [Alias("TakeAsync")]
    [ResponseTimeout("00:00:02")]
    Task<bool> TakeAsync(StoreWrite[] writes);
}

using CacheOrleans.Storage;
using Orleans.Concurrency;

namespace CacheOrleans.Grains.HandOver;

/// <summary>The owner of an entry as the one after another that has stopped.</summary>
[Alias("CacheOrleans.IHandOverTarget")]
internal interface IHandOverTarget : IGrainWithStringKey
{
    /// <summary>The last write of the former owner, which the store does not have yet.</summary>
    [Alias("InheritAsync")]
    [ResponseTimeout("00:00:02")]
    [AlwaysInterleave]
    Task InheritAsync(StoreWrite write);
}

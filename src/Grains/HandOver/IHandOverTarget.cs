using CacheOrleans.Storage;
using Orleans.Concurrency;

namespace CacheOrleans.Grains.HandOver;

/// <summary>The new owner of an entry whose former owner has stopped.</summary>
[Alias("CacheOrleans.IEntryHeir")]
internal interface IHandOverTarget : IGrainWithStringKey
{
    /// <summary>Takes over the last write of the former owner, which the store does not have yet.</summary>
    [Alias("InheritAsync")]
    [ResponseTimeout("00:00:02")]
    [AlwaysInterleave]
    Task InheritAsync(StoreWrite write);
}

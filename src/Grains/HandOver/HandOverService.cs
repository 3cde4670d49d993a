using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Puts the writes that another silo hands over into this silo's queue.</summary>
internal sealed class HandOverService(
    GrainId id,
    Orleans.Runtime.Silo silo,
    ILoggerFactory loggerFactory,
    IWriteBehind writeBehind,
    HandOverTargets targets) : GrainService(id, silo, loggerFactory), IHandOverService
{
    public Task<bool> TakeAsync(StoreWrite[] writes)
    {
        if (targets.IsLeaving)
        {
            return Task.FromResult(false);
        }

        foreach (var write in writes)
        {
            writeBehind.Enqueue(write);
            targets.Send(write);
        }

        return Task.FromResult(true);
    }
}

using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.HandOver;

/// <summary>Puts what another silo leaves into this silo's queue.</summary>
internal sealed class HandOverService(
    GrainId id,
    Orleans.Runtime.Silo silo,
    ILoggerFactory loggerFactory,
    IWriteBehind writeBehind,
    HandOverTargets heirs) : GrainService(id, silo, loggerFactory), IHandOverService
{
    public Task<bool> TakeAsync(StoreWrite[] writes)
    {
        if (heirs.IsLeaving)
        {
            return Task.FromResult(false);
        }

        foreach (var write in writes)
        {
            writeBehind.Enqueue(write);
            heirs.Tell(write);
        }

        return Task.FromResult(true);
    }
}

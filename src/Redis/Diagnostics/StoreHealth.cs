using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis.Diagnostics;

/// <summary>Logs when one kind of operation begins to fail and when it works again, never each failure.</summary>
/// <remarks>Thread-safe. Reads and writes have one each: a Redis out of memory answers reads and refuses writes.
/// </remarks>
internal sealed class StoreHealth(string operation, ILogger logger)
{
    private int _isFailing;

    public void OnSuccess()
    {
        if (Volatile.Read(ref _isFailing) == 1 && Interlocked.Exchange(ref _isFailing, 0) == 1)
        {
            Log.Recovered(logger, operation);
        }
    }

    public void OnFailure(StoreFailure failure)
    {
        if (Volatile.Read(ref _isFailing) == 0 && Interlocked.Exchange(ref _isFailing, 1) == 0)
        {
            Log.Failing(logger, operation, failure.Kind, failure.Exception.Message);
        }
    }
}

using CacheOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Redis.Diagnostics;

/// <summary>Logs when one kind of operation begins to fail, once for each kind of failure, and when it works again;
/// individual failures are not logged.</summary>
/// <remarks>Thread-safe. Reads and writes each have their own instance: a Redis that is out of memory serves reads and
/// rejects writes.</remarks>
internal sealed class StoreHealth(string operation, ILogger logger)
{
    private int _kinds; // a bit for each kind of failure since the last success

    public void OnSuccess()
    {
        if (Volatile.Read(ref _kinds) != 0 && Interlocked.Exchange(ref _kinds, 0) != 0)
        {
            Log.Recovered(logger, operation);
        }
    }

    public void OnFailure(StoreFailure failure)
    {
        var kind = 1 << (int)failure.Kind;
        if ((Interlocked.Or(ref _kinds, kind) & kind) == 0)
        {
            Log.Failing(logger, operation, failure.Kind, failure.Exception.Message.TrimEnd('.'));
        }
    }
}

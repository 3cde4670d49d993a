using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Says why calls are not answered, and logs that values are loaded without the cluster.</summary>
internal sealed class Absence(
    IClusterConnection connection, Reachability reachability, RepeatedLine localLoads, ILogger logger)
{
    /// <summary>Why a call was not answered, as far as is known.</summary>
    public string Reason =>
        (connection.Grains is null ? "there is no connection to a silo yet"
            : reachability.IsAway ? "no silo answers"
            : "the silo that has it does not answer")
        + (connection.Address.Length > 0 ? $" ({connection.Address})" : string.Empty);

    /// <summary>A value is loaded without the cluster.</summary>
    /// <param name="cache">The cache's name.</param>
    /// <param name="error">What the call came to; null: nothing.</param>
    public void OnLocalLoad(string cache, Exception? error)
    {
        var reason = error is not null && !Silences.Are(error)
            ? "the silo that has it answered with an error"
            : Reason; // as it is now: the line may be written when all is well again
        localLoads.Count(count => logger.LoadedLocally(cache, reason, error?.GetType().Name ?? "no answer", count));
    }
}

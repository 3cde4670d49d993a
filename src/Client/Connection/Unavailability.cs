using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Explains why calls are not answered, and logs that values are loaded without the cluster.</summary>
internal sealed class Unavailability(
    ClientConnection connection, Reachability reachability, RepeatedLine localLoads, ILogger logger)
{
    /// <summary>The reason why a call was not answered, as far as it is known.</summary>
    public string Reason =>
        (!connection.IsConnected ? "there is no connection to a silo yet"
            : reachability.IsAway ? "no silo responds"
            : "the silo that owns the key does not respond")
        + (connection.Address.Length > 0 ? $" ({connection.Address})" : string.Empty);

    /// <summary>Called when a value is loaded without the cluster.</summary>
    /// <param name="cache">The cache's name.</param>
    /// <param name="error">The error of the call; null: no error.</param>
    public void OnLocalLoad(string cache, Exception? error)
    {
        var reason = error is not null && !NoAnswer.Is(error)
            ? "the silo that owns the key answered with an error"
            : Reason; // the reason now: the line may be written after the cluster has recovered
        localLoads.Count(count => logger.LoadedLocally(cache, reason, error?.GetType().Name ?? "no response", count));
    }
}

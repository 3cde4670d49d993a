using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Tries to connect until a silo answers, or the host's start is cancelled.</summary>
/// <remarks>Asked by one start at a time.</remarks>
internal sealed class ConnectionRetry(ClusterSettings settings, TimeProvider time, ILogger<ConnectionRetry> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Repetition _repetition = new(time);

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (_repetition.Count() > 0)
        {
            logger.NotConnected(settings.Address, Pause, exception.Message);
        }

        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        return true;
    }
}

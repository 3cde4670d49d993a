using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Tries to connect until a silo answers, or the host's start is cancelled.</summary>
/// <remarks>Asked by one start at a time.</remarks>
internal sealed class ConnectionRetry(TimeProvider time, ILogger<ConnectionRetry> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private string? _lastError;

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (exception.Message != _lastError)
        {
            _lastError = exception.Message;
            logger.NotConnected(Pause, exception.Message);
        }

        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        return true;
    }
}

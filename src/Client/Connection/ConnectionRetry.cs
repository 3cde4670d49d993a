using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Retries the connection until a silo answers, or the start of the host is canceled.</summary>
/// <remarks>Orleans calls it from one start at a time.</remarks>
internal sealed class ConnectionRetry(ClusterSettings settings, TimeProvider time, ILogger<ConnectionRetry> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Repetition> _repetitions = [];

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Orleans' messages contain times, which would make each repetition look like a new reason.
        var reason = string.Concat(exception.Message.Where(static character => !char.IsAsciiDigit(character)));
        if (!_repetitions.TryGetValue(reason, out var repetition))
        {
            _repetitions.Add(reason, repetition = new(time));
        }

        if (repetition.Count() > 0)
        {
            logger.NotConnected(settings.Address, Pause, exception.Message);
        }

        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        return true;
    }
}

using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Connection;

/// <summary>Tries to connect until a silo answers, or the host's start is cancelled.</summary>
/// <remarks>Asked by one start at a time.</remarks>
internal sealed class ConnectionRetry(ClusterSettings settings, TimeProvider time, ILogger<ConnectionRetry> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Repetition> _repetitions = [];

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Orleans' messages have times in them.
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

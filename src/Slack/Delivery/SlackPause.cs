using Microsoft.Extensions.Logging;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Remembers how long Slack asked to pause, so that later messages wait too when the message that got this
/// response is abandoned.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SlackPause(TimeProvider time, ILogger<SlackChannel> logger)
{
    /// <summary>Timers count the system's ticks and may fire one tick early, which would be earlier than Slack asked
    /// for.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _until;

    /// <summary>Records the pause that a response asks for.</summary>
    /// <returns>How long to wait; null when the response does not ask for a pause.</returns>
    public TimeSpan? Take(HttpResponseMessage response, string body)
    {
        var now = time.GetUtcNow();
        if (RetryAfter.Read(response, body, now) is not { } asked)
        {
            return null;
        }

        var wait = asked + Tick;
        if (TryExtend(wait))
        {
            Log.Paused(logger, now + wait, RetryAfter.Longest);
        }

        return wait;
    }

    /// <summary>Waits until the pause is over.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan left;
        lock (_lock)
        {
            left = _until - time.GetElapsedTime(_start);
        }

        return left > TimeSpan.Zero ? Task.Delay(left, time, cancellationToken) : Task.CompletedTask;
    }

    /// <returns>False when the current pause already lasts at least as long.</returns>
    private bool TryExtend(TimeSpan wait)
    {
        lock (_lock)
        {
            var until = time.GetElapsedTime(_start) + wait;
            if (until <= _until)
            {
                return false;
            }

            _until = until;
            return true;
        }
    }
}

using Microsoft.Extensions.Logging;

namespace CacheOrleans.Slack.Delivery;

/// <summary>Until when Slack asks to be left alone: by the next message too, when the one that was told so is given
/// up.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SlackPause(TimeProvider time, ILogger<SlackChannel> logger)
{
    /// <summary>Timers count the system's ticks and may be early by one, which here would be sooner than
    /// told.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _until;

    /// <summary>Takes note of what an answer asks for.</summary>
    /// <returns>How long to wait; null when the answer does not say.</returns>
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

    /// <returns>False when the pause lasts as long already.</returns>
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

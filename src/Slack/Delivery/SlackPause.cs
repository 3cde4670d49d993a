namespace CacheOrleans.Slack.Delivery;

/// <summary>Until when Slack asks to be left alone: by the next message too, when the one that was told so is given
/// up.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SlackPause(TimeProvider time)
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
        if (RetryAfter.Read(response, body, time.GetUtcNow()) is not { } asked)
        {
            return null;
        }

        var wait = asked + Tick;
        lock (_lock)
        {
            var until = time.GetElapsedTime(_start) + wait;
            _until = until > _until ? until : _until;
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
}

using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>How long the queue's loop waits, and when it stops waiting.</summary>
/// <remarks>The loop alone calls it, but for <see cref="Hurry"/> and <see cref="DrainedAsync"/>.</remarks>
internal sealed class WriteBehindPace(IOptions<WriteBehindOptions> options, TimeProvider time, Random random)
{
    private static readonly TimeSpan GatePoll = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _next = options.Value.FirstRetryDelay;

    /// <summary>Something got through: the next pause is the first again.</summary>
    public void OnProgress() => _next = options.Value.FirstRetryDelay;

    /// <summary>Pauses after a batch with failures.</summary>
    /// <remarks>The pause doubles up to its limit while nothing gets through; a random part, up to a half, is left
    /// out, lest all silos come back at once.</remarks>
    public Task UntilRetryAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (0.5 + (random.NextDouble() / 2));
        _next = _next < options.Value.MaxRetryDelay / 2 ? _next * 2 : options.Value.MaxRetryDelay;
        return PauseAsync(pause, cancellationToken);
    }

    public Task UntilGateIsAskedAgainAsync(CancellationToken cancellationToken) =>
        PauseAsync(GatePoll, cancellationToken);

    /// <summary>Ends the present pause, and only that: a queue that is to drain tries at once, then keeps its pace.
    /// </summary>
    public void Hurry() => _hurry.TrySetResult();

    /// <summary>Waits for the loop to end; returns false once its time to drain is over.</summary>
    public async Task<bool> DrainedAsync(Task loop, CancellationToken cancellationToken)
    {
        try
        {
            await loop.WaitAsync(options.Value.DrainTimeout, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var delay = Task.Delay(pause, time, cancellationToken);
        return _hurry.Task.IsCompleted ? delay : Task.WhenAny(delay, _hurry.Task);
    }
}

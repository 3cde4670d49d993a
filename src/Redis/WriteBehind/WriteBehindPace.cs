using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>How long the queue's loop waits, and when it stops waiting.</summary>
/// <remarks>
/// The loop alone calls it, but for <see cref="Hurry"/> and <see cref="DrainedAsync"/>. Writes that were held go out
/// at a limited rate: a store that has just come back is not to meet the backlog of every silo at once. As many writes
/// are paced as were held, and no more, so that a load above the rate catches up in the end.
/// </remarks>
internal sealed class WriteBehindPace(IOptions<WriteBehindOptions> options, TimeProvider time, Random random)
{
    private const int PacedBatchesPerSecond = 10;
    private static readonly TimeSpan GatePoll = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next = options.Value.FirstRetryDelay;
    private TimeSpan _turn;
    private int _held;

    /// <summary>How many writes the next batch may have.</summary>
    public int BatchSize => _held == 0
        ? options.Value.BatchSize
        : Math.Clamp(options.Value.RecoveryRate / PacedBatchesPerSecond, 1, options.Value.BatchSize);

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

    /// <summary>Nothing is sent for now: what waits goes out at the limited rate once it may.</summary>
    public void OnHeld(int waiting) => _held = waiting;

    /// <summary>A batch is about to be sent.</summary>
    public void OnTaken(int count, int waiting)
    {
        if (_held == 0)
        {
            return;
        }

        var now = time.GetElapsedTime(_start);
        _turn = (_turn > now ? _turn : now) + TimeSpan.FromSeconds((double)count / options.Value.RecoveryRate);
        _held = Math.Min(_held - Math.Min(count, _held), waiting);
    }

    /// <summary>Pauses while what was held would go out faster than it may.</summary>
    public Task UntilTurnAsync(CancellationToken cancellationToken)
    {
        if (_held == 0)
        {
            return Task.CompletedTask;
        }

        var pause = _turn - time.GetElapsedTime(_start);
        return pause > TimeSpan.Zero ? PauseAsync(pause, cancellationToken) : Task.CompletedTask;
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
            await loop.WaitAsync(options.Value.DrainTimeout, time, cancellationToken).ConfigureAwait(false);
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

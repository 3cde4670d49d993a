using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Decides how long the queue's loop waits, and when a wait ends early.</summary>
/// <remarks>
/// Only the loop calls it, except for <see cref="EndPause"/> and <see cref="DrainedAsync"/>. Writes that were held are
/// sent at a limited rate, so that a store that has just recovered does not get the backlog of every silo at once. Only
/// as many writes are paced as were held, so that even a load above the rate catches up in the end.
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

    /// <summary>The most writes that the next batch may have.</summary>
    public int BatchSize => _held == 0
        ? options.Value.BatchSize
        : Math.Clamp(options.Value.RecoveryRate / PacedBatchesPerSecond, 1, options.Value.BatchSize);

    /// <summary>Records that a write succeeded: the next pause is the first delay again.</summary>
    public void OnProgress() => _next = options.Value.FirstRetryDelay;

    /// <summary>Pauses after a batch with failures.</summary>
    /// <remarks>The pause doubles, up to its limit, while no write succeeds. A random part of up to half is subtracted,
    /// so that the silos do not all retry at once.</remarks>
    public Task UntilRetryAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (0.5 + (random.NextDouble() / 2));
        _next = _next < options.Value.MaxRetryDelay / 2 ? _next * 2 : options.Value.MaxRetryDelay;
        return PauseAsync(pause, cancellationToken);
    }

    /// <summary>Records that nothing is sent for now: the waiting writes are sent at the limited rate afterwards.
    /// </summary>
    public void OnHeld(int waiting) => _held = waiting;

    /// <summary>Records that a batch is about to be sent.</summary>
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

    /// <summary>Pauses as long as held writes would otherwise exceed the limited rate.</summary>
    public Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (_held == 0)
        {
            return Task.CompletedTask;
        }

        var pause = _turn - time.GetElapsedTime(_start);
        return pause > TimeSpan.Zero ? PauseAsync(pause, cancellationToken) : Task.CompletedTask;
    }

    public Task WaitForGateAsync(CancellationToken cancellationToken) =>
        PauseAsync(GatePoll, cancellationToken);

    /// <summary>Ends only the current pause: a queue that has to drain tries at once, and then keeps its pace.
    /// </summary>
    public void EndPause() => _hurry.TrySetResult();

    /// <summary>Waits for the loop to end. Returns false if it has not ended within the drain timeout.</summary>
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

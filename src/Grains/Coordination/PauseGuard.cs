namespace CacheOrleans.Grains.Coordination;

/// <summary>Makes a silo that was paused find out whether it is still a member before it changes anything.</summary>
/// <remarks>
/// While a silo is paused, the others may declare it dead and give its entries new owners. A change that had reached
/// it may have been repeated there, and ended by a later change. Carried out after the pause, it would get a new stamp,
/// and would win. A silo that finds out that it was declared dead ends at once, so nothing is changed any more.
/// Thread-safe.
/// </remarks>
internal sealed class PauseGuard : IDisposable
{
    /// <summary>The shortest pause that counts; a cluster takes longer to declare a silo dead.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Period = Shortest / 2;

    /// <summary>How long changes wait for the membership table at most: if it cannot be read, the silo continues, as it
    /// does without a pause.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly IClusterMembershipService _membership;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long _lastSeen;
    private volatile Task _check = Task.CompletedTask;

    public PauseGuard(IClusterMembershipService membership, TimeProvider time)
    {
        _membership = membership;
        _time = time;
        _lastSeen = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Observe(), null, Period, Period);
    }

    /// <summary>Waits until a silo that was paused knows that it is still a member; completed otherwise.</summary>
    public Task ConfirmAsync()
    {
        if (WasPaused)
        {
            Observe(); // what arrived during the pause may come before the timer
        }

        return _check;
    }

    public void Dispose() => _timer.Dispose();

    private bool WasPaused => _time.GetElapsedTime(Volatile.Read(ref _lastSeen)) >= Shortest;

    private void Observe()
    {
        lock (_lock)
        {
            if (WasPaused)
            {
                _check = RefreshAsync();
            }

            Volatile.Write(ref _lastSeen, _time.GetTimestamp());
        }
    }

    private async Task RefreshAsync() => await _membership.Refresh().AsTask().WaitAsync(Limit, _time)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

namespace CacheOrleans.Client.Reads;

/// <summary>Pauses before a call that cannot proceed without the cluster is tried again, and decides when it gives
/// up.</summary>
/// <remarks>The time of the call begins when this object is created.</remarks>
internal sealed class OperationRetry(ReadServices services)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly long _start = services.Time.GetTimestamp();
    private Exception? _lastError;

    /// <summary>How long the call may still take.</summary>
    public TimeSpan TimeLeft => services.OperationTimeout - services.Time.GetElapsedTime(_start);

    /// <summary>Called when an owner could not be reached.</summary>
    /// <param name="failure">What the exception says if the call gives up, without the reason.</param>
    /// <param name="error">The error of the call; null: no error.</param>
    /// <param name="cancellationToken">Ends the pause.</param>
    /// <exception cref="CacheUnavailableException">The call gives up.</exception>
    public Task PauseAsync(string failure, Exception? error, CancellationToken cancellationToken)
    {
        _lastError = error ?? _lastError;
        return services.Owners.IsAway || TimeLeft <= TimeSpan.Zero
            ? throw new CacheUnavailableException($"{failure}: {services.Owners.Unavailability.Reason}.", _lastError)
            : Task.Delay(Pause, services.Time, cancellationToken);
    }
}

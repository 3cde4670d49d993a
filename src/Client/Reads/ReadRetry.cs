namespace CacheOrleans.Client.Reads;

/// <summary>Pauses before a read that cannot proceed without the cluster is tried again, and decides when it gives
/// up.</summary>
internal sealed class ReadRetry(ReadServices services)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Exception? _lastError;
    private long? _unansweredSince;

    /// <summary>Called when an owner could not be reached.</summary>
    /// <param name="failure">What the exception says if the read gives up, without the reason.</param>
    /// <param name="error">The error of the call; null: no error.</param>
    /// <exception cref="CacheUnavailableException">The read gives up.</exception>
    public Task PauseAsync(string failure, Exception? error)
    {
        _lastError = error ?? _lastError;
        _unansweredSince ??= services.Time.GetTimestamp();
        return services.Owners.IsAway
            || services.Time.GetElapsedTime(_unansweredSince.Value) >= services.OperationTimeout
            ? throw new CacheUnavailableException($"{failure}: {services.Owners.Absence.Reason}.", _lastError)
            : Task.Delay(Pause, services.Time, services.Stopping);
    }
}

namespace CacheOrleans.Breaker;

/// <summary>Decides when a silo sends its next report.</summary>
internal sealed class ReportSchedule(TimeSpan now)
{
    /// <summary>The interval while there is news that cannot open the breaker by itself.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);

    /// <summary>The interval while the coordinator does not respond.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1);

    /// <summary>The shortest interval between two reports about the end of a break, in case the silo's clock runs
    /// faster than the coordinator's.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);

    private TimeSpan _sentAt = now;
    private bool _isUrgent = true;
    private bool _hasNews;

    public void OnUrgentNews() => _isUrgent = true;

    public void OnNews() => _hasNews = true;

    public void OnSent(TimeSpan now)
    {
        _sentAt = now;
        _isUrgent = false;
        _hasNews = false;
    }

    /// <summary>Returns when the next report is due; a time in the past means at once.</summary>
    /// <param name="isWithoutCoordinator">Whether the coordinator did not respond to the last report.</param>
    /// <param name="isRestless">Whether the coordinator may have a change for this silo soon.</param>
    /// <param name="breakEndsAt">When the break ends and a report must ask for the new state; null if there is no
    /// break.</param>
    public TimeSpan Next(bool isWithoutCoordinator, bool isRestless, TimeSpan? breakEndsAt)
    {
        if (_isUrgent)
        {
            return _sentAt;
        }

        var pause = _hasNews || isRestless ? Busy : isWithoutCoordinator ? Unanswered : CircuitBreaker.Heartbeat;
        var due = _sentAt + pause;
        var floor = _sentAt + Gap;
        return breakEndsAt is not { } end || end >= due ? due : end > floor ? end : floor;
    }
}

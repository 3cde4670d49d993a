namespace CacheOrleans.Breaker;

/// <summary>When a silo reports.</summary>
internal sealed class ReportSchedule(TimeSpan now)
{
    /// <summary>How often while there is something to tell that cannot open the breaker by itself.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);

    /// <summary>How often to a coordinator that does not answer.</summary>
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two reports about the end of a break, should two clocks not run alike.</summary>
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

    /// <summary>When the next report is due; in the past: at once.</summary>
    /// <param name="isWithoutCoordinator">The last report was not answered.</param>
    /// <param name="isRestless">There may be something to hear soon.</param>
    /// <param name="breakEndsAt">When to ask whether the break is over.</param>
    public TimeSpan Next(bool isWithoutCoordinator, bool isRestless, TimeSpan? breakEndsAt)
    {
        if (_isUrgent)
        {
            return _sentAt;
        }

        var pause = _hasNews || isRestless ? Busy : isWithoutCoordinator ? Alone : CircuitBreaker.Heartbeat;
        var due = _sentAt + pause;
        var floor = _sentAt + Gap;
        return breakEndsAt is not { } end || end >= due ? due : end > floor ? end : floor;
    }
}

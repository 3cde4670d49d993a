namespace CacheOrleans.Grains.Breaker;

/// <summary>Waits until every silo has reported to a new coordinator, which then knows its predecessor's state.
/// </summary>
/// <remarks>Its owner serializes access.</remarks>
/// <param name="silos">The names of the active silos.</param>
/// <param name="time">The clock for the time limit.</param>
internal sealed class SiloReports(IEnumerable<string> silos, TimeProvider time)
{
    /// <summary>The longest wait for a silo that may be dead without the membership knowing it. It is shorter than the
    /// second after which a report times out.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _missing = new(silos, StringComparer.Ordinal);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Records that a silo has reported.</summary>
    public void OnReport(string silo)
    {
        _missing.Remove(silo);
        if (_missing.Count == 0)
        {
            _complete.TrySetResult();
        }
    }

    /// <summary>Waits for the silos that have not reported, for half a second at most.</summary>
    public async Task CompleteAsync()
    {
        try
        {
            await _complete.Task.WaitAsync(Limit, time);
        }
        catch (TimeoutException)
        {
            _complete.TrySetResult();
        }
    }
}

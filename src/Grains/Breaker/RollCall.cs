namespace CacheOrleans.Grains.Breaker;

/// <summary>Waits until a new coordinator has heard every silo, and so knows what its predecessor said.</summary>
/// <remarks>Its owner serialises access.</remarks>
/// <param name="silos">The silos there are.</param>
/// <param name="time">The clock of the limit.</param>
internal sealed class RollCall(IEnumerable<string> silos, TimeProvider time)
{
    /// <summary>How long it waits for a silo that may be dead and not known to be; a report has a second.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _missing = new(silos, StringComparer.Ordinal);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A silo has reported.</summary>
    public void OnReport(string silo)
    {
        _missing.Remove(silo);
        if (_missing.Count == 0)
        {
            _complete.TrySetResult();
        }
    }

    /// <summary>Waits for the silos that are missing, for half a second at most.</summary>
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

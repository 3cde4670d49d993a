namespace CacheOrleans.Grains.Entries;

/// <summary>A load that a client makes under a lease.</summary>
/// <param name="Request">The client's request that the lease was granted for.</param>
internal sealed record LeasedLoad(EntryRequest Request)
{
    private readonly TaskCompletionSource<FoundEntry> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isNotified;

    /// <summary>The task that callers await when they wait for the load.</summary>
    public Task<FoundEntry> Outcome => _outcome.Task;

    /// <summary>Marks the lease's holder as notified of a change of the entry; that is done once.</summary>
    /// <returns>False if the holder was notified before.</returns>
    public bool TryMarkNotified() => !_isNotified && (_isNotified = true);

    public void Complete(FoundEntry found) => _outcome.SetResult(found);

    /// <summary>Ends the load without a value or an error: <see cref="Outcome"/> is canceled.</summary>
    public void Abandon() => _outcome.SetCanceled();

    public void Fail(Exception error)
    {
        _outcome.SetException(error);
        _ = _outcome.Task.Exception; // observed here, because nobody may be waiting
    }
}

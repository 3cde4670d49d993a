namespace CacheOrleans.Grains.Entries;

/// <summary>A load that a client makes under a lease.</summary>
/// <param name="Request">What the client asked for.</param>
internal sealed record LeasedLoad(EntryRequest Request)
{
    private readonly TaskCompletionSource<FoundEntry> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isTold;

    /// <summary>What those who wait for the load wait for.</summary>
    public Task<FoundEntry> Outcome => _outcome.Task;

    /// <summary>Its holder is told, once, that the entry has changed.</summary>
    /// <returns>False when it has been told before.</returns>
    public bool TryTell() => !_isTold && (_isTold = true);

    public void Complete(FoundEntry found) => _outcome.SetResult(found);

    /// <summary>Ends it without a value or an error: <see cref="Outcome"/> is cancelled.</summary>
    public void Abandon() => _outcome.SetCanceled();

    public void Fail(Exception error)
    {
        _outcome.SetException(error);
        _ = _outcome.Task.Exception; // it may be that nobody waits
    }
}

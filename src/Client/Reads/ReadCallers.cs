namespace CacheOrleans.Client.Reads;

/// <summary>Counts the callers of a read that ends when the last of them gives up.</summary>
/// <remarks>Thread-safe. A caller that cannot be canceled never leaves.</remarks>
#pragma warning disable CA1001 // The source has no timer, so there is nothing to dispose.
internal sealed class ReadCallers
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _gone = new();
    private int _count = 1;

    /// <summary>Fires when all callers have given up.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Adds a caller.</summary>
    /// <returns>False if all callers before it have given up.</returns>
    public bool TryJoin()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return false;
            }

            _count++;
            return true;
        }
    }

    /// <summary>Removes a caller that gives up.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _count--;
            if (_count > 0)
            {
                return;
            }
        }

        // The leaving caller must not run the callbacks that the fallback registered.
        _ = _gone.CancelAsync();
    }
}

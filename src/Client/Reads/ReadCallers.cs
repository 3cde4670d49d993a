namespace CacheOrleans.Client.Reads;

/// <summary>Counts the callers of a read that is to end when the last of them gives up.</summary>
/// <remarks>Thread-safe. A caller that cannot give up never leaves.</remarks>
#pragma warning disable CA1001 // The source has no timer: there is nothing to dispose of.
internal sealed class ReadCallers
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _gone = new();
    private int _count = 1;

    /// <summary>Fires when all have given up.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Adds a caller.</summary>
    /// <returns>False when all others have given up.</returns>
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

    /// <summary>A caller gives up.</summary>
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

        // The fallback's own callbacks are not for the caller that leaves to run.
        _ = _gone.CancelAsync();
    }
}

namespace CacheOrleans.Storage;

/// <summary>The gate of a breaker that never opens: every call may use the store.</summary>
public sealed class ClosedBreakerGate : IBreakerGate
{
    /// <inheritdoc />
    public bool TryEnter(out BreakerPass pass)
    {
        pass = default;
        return true;
    }

    /// <inheritdoc />
    public void OnSuccess(BreakerPass pass, StoreOperation operation)
    {
        // Nothing is counted.
    }

    /// <inheritdoc />
    public void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure)
    {
        // Nothing is counted.
    }
}

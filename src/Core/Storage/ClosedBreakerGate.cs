namespace CacheOrleans.Storage;

/// <summary>The gate of a breaker that never opens: the store is always asked.</summary>
public sealed class ClosedBreakerGate : IBreakerGate
{
    /// <inheritdoc />
    public bool TryEnter() => true;
}

namespace CacheOrleans.Storage;

/// <summary>Decides whether a call may use the backing store now, and records the call's result.</summary>
/// <remarks>Thread-safe, and cheap enough to be called before every call to the store: entering, and recording a
/// success while the breaker is closed without failures, take no lock, no allocation and no I/O.</remarks>
public interface IBreakerGate
{
    /// <summary>Returns whether the call may use the store; false while the store must be skipped.</summary>
    /// <param name="pass">Identifies when the call began; it must be passed with the call's result.</param>
    bool TryEnter(out BreakerPass pass);

    /// <summary>Records that a call to the store succeeded; a miss is a success.</summary>
    void OnSuccess(BreakerPass pass, StoreOperation operation);

    /// <summary>Records that a call to the store failed. A failure that does not count against the store's health is
    /// recorded as a successful read, and one that says nothing about the store
    /// (<see cref="StoreFailure.IsInconclusive"/>) is ignored.</summary>
    /// <param name="pass">The pass with which the call entered.</param>
    /// <param name="operation">The operation that failed.</param>
    /// <param name="cache">The name of the cache for which the call was made.</param>
    /// <param name="failure">The failure.</param>
    void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure);
}

/// <summary>Identifies the generation of the breaker in which a call to the store began: a call that began before a
/// transition does not affect the breaker after it.</summary>
/// <param name="Generation">The breaker's generation when the call began.</param>
public readonly record struct BreakerPass(long Generation);

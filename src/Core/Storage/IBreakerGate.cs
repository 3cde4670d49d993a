namespace CacheOrleans.Storage;

/// <summary>Whether the backing store may be asked at this moment, and how that went.</summary>
/// <remarks>Thread-safe, and cheap enough to be asked before every call: to enter, and to tell of a success while all
/// is well, take no lock, no allocation and no I/O.</remarks>
public interface IBreakerGate
{
    /// <summary>Returns false while the store is to be skipped.</summary>
    /// <param name="pass">Says when the call began; its result is told with it.</param>
    bool TryEnter(out BreakerPass pass);

    /// <summary>The store did as it was asked; a miss is a success.</summary>
    void OnSuccess(BreakerPass pass, StoreOperation operation);

    /// <summary>The store failed. A failure that does not tell of its health counts as a successful read, and one that
    /// says nothing (<see cref="StoreFailure.SaysNothing"/>) not at all.</summary>
    /// <param name="pass">The pass the call had.</param>
    /// <param name="operation">What was asked.</param>
    /// <param name="cache">The name of the cache it was asked for.</param>
    /// <param name="failure">How it failed.</param>
    void OnFailure(BreakerPass pass, StoreOperation operation, string cache, StoreFailure failure);
}

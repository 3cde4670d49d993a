namespace CacheOrleans.Storage;

/// <summary>Whether the backing store may be asked at this moment.</summary>
/// <remarks>Thread-safe, and cheap enough to be asked before every call: no lock, no allocation, no I/O.</remarks>
public interface IBreakerGate
{
    /// <summary>Returns false while the store is to be skipped.</summary>
    bool TryEnter();
}

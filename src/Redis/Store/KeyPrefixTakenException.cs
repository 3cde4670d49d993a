namespace CacheOrleans.Redis.Store;

/// <summary>Thrown when another cluster uses the keys that this cluster would use.</summary>
internal sealed class KeyPrefixTakenException(string message, bool isFinal = false) : InvalidOperationException(message)
{
    /// <summary>Whether the other cluster has kept its mark for <see cref="KeyPrefix.SecondLook"/>, and this silo has
    /// never used the keys.</summary>
    public bool IsFinal { get; } = isFinal;
}

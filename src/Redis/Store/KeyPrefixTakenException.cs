namespace CacheOrleans.Redis.Store;

/// <summary>Thrown when another cluster uses the keys that this cluster would use.</summary>
internal sealed class KeyPrefixTakenException(string message) : InvalidOperationException(message);

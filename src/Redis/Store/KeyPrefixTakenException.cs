namespace CacheOrleans.Redis.Store;

/// <summary>Another cluster uses the keys that this one would use.</summary>
internal sealed class KeyPrefixTakenException(string message) : InvalidOperationException(message);

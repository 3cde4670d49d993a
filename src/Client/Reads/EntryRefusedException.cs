namespace CacheOrleans.Client.Reads;

/// <summary>Thrown when the owner rejects a key or a cache; no fallback has been run.</summary>
internal sealed class EntryRefusedException(ArgumentException refusal) : ArgumentException(refusal.Message, refusal);

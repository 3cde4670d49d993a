namespace CacheOrleans.Client.Reads;

/// <summary>A key or a cache is not taken by its owner; no fallback has been run.</summary>
internal sealed class EntryRefusedException(ArgumentException refusal) : ArgumentException(refusal.Message, refusal);

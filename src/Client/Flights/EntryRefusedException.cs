namespace CacheOrleans.Client.Flights;

/// <summary>An owner does not take a key or a cache; no fallback has been run.</summary>
internal sealed class EntryRefusedException(ArgumentException refusal) : ArgumentException(refusal.Message, refusal);

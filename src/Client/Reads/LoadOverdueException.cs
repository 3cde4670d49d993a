namespace CacheOrleans.Client.Reads;

/// <summary>Thrown to the callers that share another caller's load when its fallback exceeds its time limit; they start
/// a new read.</summary>
internal sealed class LoadOverdueException(string message) : TimeoutException(message);

namespace CacheOrleans.Client.Reads;

/// <summary>The fallback of another caller has not ended within its limit; whoever shares its load begins
/// anew.</summary>
internal sealed class LoadOverdueException(string message) : TimeoutException(message);

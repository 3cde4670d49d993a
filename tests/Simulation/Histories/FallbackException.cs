namespace CacheOrleans.Simulation.Histories;

/// <summary>The error of a fallback.</summary>
internal sealed class FallbackException() : Exception("The database is down.");

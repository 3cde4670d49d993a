namespace CacheOrleans.Simulation.Histories;

/// <summary>A promise did not hold.</summary>
internal sealed class ViolationException(string message) : Exception(message);

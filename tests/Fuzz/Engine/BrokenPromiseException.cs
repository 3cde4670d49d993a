namespace CacheOrleans.Fuzz.Engine;

/// <summary>The program did not do with an input what it promises.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);

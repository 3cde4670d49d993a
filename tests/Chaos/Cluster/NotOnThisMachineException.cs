namespace CacheOrleans.Chaos.Cluster;

/// <summary>A scenario needs something that this machine lacks.</summary>
internal sealed class NotOnThisMachineException(string what) : Exception($"This machine lacks {what}.");

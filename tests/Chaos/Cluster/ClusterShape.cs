namespace CacheOrleans.Chaos.Cluster;

/// <summary>What a scenario needs of its cluster beyond three silos and their servers.</summary>
/// <param name="Settings">Settings of the silos, by environment variable.</param>
/// <param name="HasReplica">Whether the cache's Redis has a replica.</param>
/// <param name="IsSplit">Whether the last silo is on another machine, whose connections can be cut.</param>
internal sealed record ClusterShape(
    IReadOnlyDictionary<string, string>? Settings = null, bool HasReplica = false, bool IsSplit = false);

namespace CacheOrleans.Storage;

/// <summary>The cluster whose entries a backing store keeps.</summary>
/// <param name="Id">The cluster's id, which no other cluster on the same store has.</param>
public sealed record ClusterIdentity(string Id);

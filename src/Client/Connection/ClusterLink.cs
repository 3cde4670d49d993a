namespace CacheOrleans.Client.Connection;

/// <summary>A connection as one client uses it.</summary>
/// <param name="Grains">Creates references to grains.</param>
/// <param name="Observer">The reference through which silos notify the client of changes.</param>
internal sealed record ClusterLink(IGrainFactory Grains, INearCacheObserver Observer);

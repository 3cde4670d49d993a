namespace CacheOrleans.Client.Connection;

/// <summary>A connection as one client uses it.</summary>
/// <param name="Grains">The way to the grains.</param>
/// <param name="Observer">Where the silos tell the client of changes.</param>
internal sealed record ClusterLink(IGrainFactory Grains, INearCacheObserver Observer);

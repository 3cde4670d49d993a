namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Collects the counters of every cache, for this silo and for the cluster.</summary>
public interface IClusterStatistics
{
    /// <summary>Collects the counters of every active silo; a silo that does not respond within a second is left out
    /// of the sum.</summary>
    Task<IReadOnlyList<CacheStatistics>> GetAsync(CancellationToken cancellationToken);
}

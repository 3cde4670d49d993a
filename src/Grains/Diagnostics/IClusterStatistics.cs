namespace CacheOrleans.Grains.Diagnostics;

/// <summary>Collects the counters of every cache, of this silo and of the cluster.</summary>
public interface IClusterStatistics
{
    /// <summary>Asks every active silo; one that does not answer within a second is left out of the sum.</summary>
    Task<IReadOnlyList<CacheStatistics>> GetAsync(CancellationToken cancellationToken);
}

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>The tests that share one <see cref="OutageCluster"/>, and leave it with three silos and a closed breaker.
/// </summary>
[CollectionDefinition(nameof(OutageCluster))]
public sealed class OutageGroup : ICollectionFixture<OutageCluster>;

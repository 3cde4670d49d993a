namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The tests that share one <see cref="EmbeddedCluster"/>, each with entries of its own.</summary>
[CollectionDefinition(nameof(EmbeddedCluster))]
public sealed class EmbeddedGroup : ICollectionFixture<EmbeddedCluster>;

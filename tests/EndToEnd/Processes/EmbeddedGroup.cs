namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The tests that share one <see cref="EmbeddedCluster"/>, each with its own entries.</summary>
[CollectionDefinition(nameof(EmbeddedCluster))]
public sealed class EmbeddedGroup : ICollectionFixture<EmbeddedCluster>;

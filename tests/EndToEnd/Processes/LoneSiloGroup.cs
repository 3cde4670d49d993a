namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The tests that share one <see cref="LoneSilo"/>, each with its own entries. They leave a silo with a closed
/// breaker.</summary>
[CollectionDefinition(nameof(LoneSilo))]
public sealed class LoneSiloGroup : ICollectionFixture<LoneSilo>;

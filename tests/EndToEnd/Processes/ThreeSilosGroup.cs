namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The tests that share one <see cref="ThreeSilos"/>. They leave it with a closed breaker; the next test
/// starts the processes that one has ended.</summary>
[CollectionDefinition(nameof(ThreeSilos))]
public sealed class ThreeSilosGroup : ICollectionFixture<ThreeSilos>;

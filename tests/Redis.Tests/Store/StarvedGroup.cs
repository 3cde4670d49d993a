namespace CacheOrleans.Redis.Tests.Store;

/// <summary>Tests that take the threads of the process away, and run by themselves.</summary>
[CollectionDefinition(nameof(StarvedGroup), DisableParallelization = true)]
public sealed class StarvedGroup;

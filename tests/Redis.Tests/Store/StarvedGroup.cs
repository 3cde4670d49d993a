namespace CacheOrleans.Redis.Tests.Store;

/// <summary>Tests that block all threads of the process, and therefore run while no other test runs.</summary>
[CollectionDefinition(nameof(StarvedGroup), DisableParallelization = true)]
public sealed class StarvedGroup;

namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>Tests that look at the whole process, and run by themselves.</summary>
[CollectionDefinition(nameof(LonelyGroup), DisableParallelization = true)]
public sealed class LonelyGroup;

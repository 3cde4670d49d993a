namespace CacheOrleans.Grains.Tests.Entries;

/// <summary>Tests that measure the whole process and therefore run one at a time.</summary>
[CollectionDefinition(nameof(LonelyGroup), DisableParallelization = true)]
public sealed class LonelyGroup;

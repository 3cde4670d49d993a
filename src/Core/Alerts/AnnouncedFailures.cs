namespace CacheOrleans.Alerts;

/// <summary>The number of a silo's failures of a key that were announced.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AnnouncedFailures")]
public readonly record struct AnnouncedFailures([property: Id(0)] AlertKey Key, [property: Id(1)] long Failures);

namespace CacheOrleans.Alerts;

/// <summary>How many of a silo's failures of a key have been told of.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AnnouncedFailures")]
public readonly record struct AnnouncedFailures([property: Id(0)] AlertKey Key, [property: Id(1)] long Failures);

namespace CacheOrleans.Alerts;

/// <summary>What the coordinator answers to a report.</summary>
/// <param name="Table">What it knows.</param>
/// <param name="Told">What was told of the reporting silo's failures, for each key of the report.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertAnswer")]
public sealed record AlertAnswer([property: Id(0)] AlertTable Table, [property: Id(1)] AnnouncedFailures[] Told);

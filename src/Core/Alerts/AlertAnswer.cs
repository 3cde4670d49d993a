namespace CacheOrleans.Alerts;

/// <summary>The coordinator's answer to a silo's report.</summary>
/// <param name="Table">The coordinator's table.</param>
/// <param name="Told">How many of the reporting silo's failures were announced, for each key of the report.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertAnswer")]
public sealed record AlertAnswer([property: Id(0)] AlertTable Table, [property: Id(1)] AnnouncedFailures[] Told);

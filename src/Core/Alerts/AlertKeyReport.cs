namespace CacheOrleans.Alerts;

/// <summary>All that one silo knows of one key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Failures">How often it failed since the silo started.</param>
/// <param name="Told">How many of these the coordinator has told of, as far as the silo knows.</param>
/// <param name="Stages">Its stages.</param>
/// <param name="Failure">A failure to alert on, which the silo sends until its key is held; null: none.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertKeyReport")]
public sealed record AlertKeyReport(
    [property: Id(0)] AlertKey Key,
    [property: Id(1)] long Failures,
    [property: Id(2)] long Told,
    [property: Id(3)] AlertStageReport[] Stages,
    [property: Id(4)] AlertFailure? Failure);

namespace CacheOrleans.Alerts;

/// <summary>Everything that one silo knows about one key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Failures">How often the key failed since the silo started.</param>
/// <param name="Told">How many of these failures were announced, as far as the silo knows.</param>
/// <param name="Stages">The latest results of each stage.</param>
/// <param name="Failure">A failure to alert on, which the silo sends until the key is in its cooldown; null if there is
/// none.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertKeyReport")]
public sealed record AlertKeyReport(
    [property: Id(0)] AlertKey Key,
    [property: Id(1)] long Failures,
    [property: Id(2)] long Told,
    [property: Id(3)] AlertStageReport[] Stages,
    [property: Id(4)] AlertFailure? Failure);

namespace CacheOrleans.Alerts;

/// <summary>How one stage of one key did on one silo.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="SinceFailure">How long ago it failed last; null: never.</param>
/// <param name="SinceSuccess">How long ago it succeeded last, after that failure; null: it has not.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertStageReport")]
public readonly record struct AlertStageReport(
    [property: Id(0)] AlertStage Stage,
    [property: Id(1)] TimeSpan? SinceFailure,
    [property: Id(2)] TimeSpan? SinceSuccess);

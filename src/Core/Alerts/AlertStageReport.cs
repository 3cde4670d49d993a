namespace CacheOrleans.Alerts;

/// <summary>The latest failure and success of one stage of one key on one silo.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="SinceFailure">How long ago the stage last failed; null if it never did.</param>
/// <param name="SinceSuccess">How long ago the stage last succeeded after that failure; null if it has not.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertStageReport")]
public readonly record struct AlertStageReport(
    [property: Id(0)] AlertStage Stage,
    [property: Id(1)] TimeSpan? SinceFailure,
    [property: Id(2)] TimeSpan? SinceSuccess);

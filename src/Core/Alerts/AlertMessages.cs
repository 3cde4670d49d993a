namespace CacheOrleans.Alerts;

/// <summary>Everything that one silo knows about its problems; a later report replaces an earlier one.</summary>
/// <remarks>Counts only grow, so a report that is lost, repeated or out of order neither loses a failure nor counts one
/// twice.</remarks>
/// <param name="Silo">The silo that reports; a restarted silo has another name.</param>
/// <param name="Sequence">A number that grows with each report of the silo.</param>
/// <param name="Known">The last table that the silo received, with the cooldowns that the silo decided locally.</param>
/// <param name="Keys">The keys that failed on this silo or that the table contains.</param>
/// <param name="Store">Whether the silo uses the store now; null if unknown.</param>
/// <param name="Changes">The manual changes for which no report has been answered yet; null if there are none.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertReport")]
public sealed record AlertReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] long Sequence,
    [property: Id(2)] AlertTable Known,
    [property: Id(3)] AlertKeyReport[] Keys,
    [property: Id(4)] StoreUse? Store = null,
    [property: Id(5)] ManualChange[]? Changes = null);

/// <summary>Everything that one silo knows about one key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Failures">How often the key failed since the silo started.</param>
/// <param name="Announced">How many of these failures were announced, as far as the silo knows.</param>
/// <param name="Stages">The latest results of each stage.</param>
/// <param name="Failure">A failure to alert on, which the silo sends until the key is in its cooldown; null if there is
/// none.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertKeyReport")]
public sealed record AlertKeyReport(
    [property: Id(0)] AlertKey Key,
    [property: Id(1)] long Failures,
    [property: Id(2)] long Announced,
    [property: Id(3)] AlertStageReport[] Stages,
    [property: Id(4)] AlertFailure? Failure);

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

/// <summary>The coordinator's answer to a silo's report.</summary>
/// <param name="Table">The coordinator's table.</param>
/// <param name="Announced">How many of the silo's failures were announced, for each key of the report.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertAnswer")]
public sealed record AlertAnswer([property: Id(0)] AlertTable Table, [property: Id(1)] AnnouncedFailures[] Announced);

/// <summary>The number of a silo's failures of a key that were announced.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertTold")]
public readonly record struct AnnouncedFailures([property: Id(0)] AlertKey Key, [property: Id(1)] long Failures);

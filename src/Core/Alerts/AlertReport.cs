namespace CacheOrleans.Alerts;

/// <summary>All that one silo knows of its problems; a later one replaces an earlier one.</summary>
/// <remarks>Counts only grow, so losing, repeating or reordering reports loses and doubles nothing.</remarks>
/// <param name="Silo">Who reports; a restarted silo has another name.</param>
/// <param name="Sequence">Grows with each report of the silo.</param>
/// <param name="Known">The last table the silo has, with the cooldowns it decided alone.</param>
/// <param name="Keys">The keys that failed here or that the table cooldowns.</param>
/// <param name="Store">Whether the silo uses the store now; null: not known.</param>
/// <param name="Changes">What was changed manually and no report has been answered with; null: nothing.</param>
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

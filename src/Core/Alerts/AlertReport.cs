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

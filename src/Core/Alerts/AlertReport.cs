namespace CacheOrleans.Alerts;

/// <summary>All that one silo knows of its problems; a later one replaces an earlier one.</summary>
/// <remarks>Counts only grow, so losing, repeating or reordering reports loses and doubles nothing.</remarks>
/// <param name="Silo">Who reports; a restarted silo has another name.</param>
/// <param name="Sequence">Grows with each report of the silo.</param>
/// <param name="Known">The last table the silo has, with the holds it decided alone.</param>
/// <param name="Keys">The keys that failed here or that the table holds.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertReport")]
public sealed record AlertReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] long Sequence,
    [property: Id(2)] AlertTable Known,
    [property: Id(3)] AlertKeyReport[] Keys);

namespace CacheOrleans;

/// <summary>The result for one entry of a batch.</summary>
/// <param name="Reply">The reply of the entry's owner; null when the call failed.</param>
/// <param name="Error">Why the call failed; null when it succeeded.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.EntryResult")]
public sealed record EntryResult([property: Id(0)] EntryReply? Reply, [property: Id(1)] Exception? Error = null);

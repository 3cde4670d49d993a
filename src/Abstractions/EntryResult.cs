namespace CacheOrleans;

/// <summary>An entry's part of the answer to a batch.</summary>
/// <param name="Reply">What its owner answered; null when the call failed.</param>
/// <param name="Error">Why it failed.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.EntryResult")]
public sealed record EntryResult([property: Id(0)] EntryReply? Reply, [property: Id(1)] Exception? Error = null);

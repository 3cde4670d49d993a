namespace CacheOrleans;

/// <summary>The reply to a read.</summary>
/// <param name="Value">The value, which callers must not change; null when there is none.</param>
/// <param name="Source">Where the value came from.</param>
/// <param name="Age">How long ago the value was created; zero or more.</param>
/// <param name="Stamp">The stamp of the operation that created the value, which orders the operations of a key; zero
/// when the owner has never seen an operation on the key.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CacheAnswer")]
public sealed record CacheAnswer(
    [property: Id(0)] byte[]? Value,
    [property: Id(1)] EntrySource Source,
    [property: Id(2)] TimeSpan Age,
    [property: Id(3)] long Stamp)
{
    /// <summary>Whether there is a value.</summary>
    public bool IsFound => Value is not null;
}

namespace CacheOrleans;

/// <summary>The answer to a read.</summary>
/// <param name="Value">The value, not to be changed; null when there is none.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Age">How long ago the value was made; zero or more.</param>
/// <param name="Stamp">The order of the operation that made it, growing per key; zero when nothing was ever seen.
/// </param>
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

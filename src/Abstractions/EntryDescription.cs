namespace CacheOrleans;

/// <summary>Describes what the owner of an entry has in memory, without the value itself.</summary>
/// <param name="Key">The canonical key.</param>
/// <param name="State">Whether the owner has a value, knows that the key has no value, or knows neither.</param>
/// <param name="Bytes">The size of the value in bytes; zero if the key has no value.</param>
/// <param name="Age">How long ago the value, or the knowledge of its absence, was created; zero when the owner has
/// neither.</param>
/// <param name="TimeLeft">How long it is still valid; zero when the owner has neither.</param>
/// <param name="Stamp">The latest stamp that the owner has seen for the key.</param>
/// <param name="IsLoading">Whether a load is running.</param>
/// <param name="HasPendingWrite">Whether a write of the entry waits for Redis.</param>
/// <param name="Silo">The silo that owns the entry.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.EntryDescription")]
public sealed record EntryDescription(
    [property: Id(0)] string Key,
    [property: Id(1)] EntryState State,
    [property: Id(2)] int Bytes,
    [property: Id(3)] TimeSpan Age,
    [property: Id(4)] TimeSpan TimeLeft,
    [property: Id(5)] long Stamp,
    [property: Id(6)] bool IsLoading,
    [property: Id(7)] bool HasPendingWrite,
    [property: Id(8)] string Silo);

/// <summary>What the owner of an entry has in memory.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.EntryState")]
public enum EntryState
{
    /// <summary>Nothing that is still valid.</summary>
    Empty,

    /// <summary>A value.</summary>
    Value,

    /// <summary>The knowledge that the fallback found nothing.</summary>
    NotFound,
}

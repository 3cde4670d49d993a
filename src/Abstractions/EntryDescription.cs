namespace CacheOrleans;

/// <summary>What the owner of an entry holds, without the value.</summary>
/// <param name="Key">The canonical key.</param>
/// <param name="State">Whether a value is held, its absence is, or neither.</param>
/// <param name="Bytes">The size of the value; zero without one.</param>
/// <param name="Age">How long ago what is held was made; zero when nothing is.</param>
/// <param name="TimeLeft">How long it still counts; zero when nothing is held.</param>
/// <param name="Stamp">The last stamp the owner has seen for the key.</param>
/// <param name="IsLoading">Whether a load runs.</param>
/// <param name="HasPendingWrite">Whether a write of it waits for Redis.</param>
/// <param name="Silo">The silo that owns it.</param>
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

namespace CacheOrleans.Client.Reads;

/// <summary>The properties that callers must have in common to share a read.</summary>
/// <param name="Text">The key's text.</param>
/// <param name="Demand">How much effort they make for the value.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Definition">The fingerprint of the cache's definition; zero: there is no definition.</param>
/// <param name="Variant">Any other property that separates reads; zero: none.</param>
internal readonly record struct SharedReadKey(
    string Text, EntryDemand Demand, Type Type, long Definition, int Variant = 0);

/// <summary>The id that an entry's owner assigned to a load.</summary>
internal sealed record LoadId(Guid Value);

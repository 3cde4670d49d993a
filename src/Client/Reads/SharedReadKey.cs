namespace CacheOrleans.Client.Reads;

/// <summary>What callers must have in common to share a read.</summary>
/// <param name="Text">The key's text.</param>
/// <param name="Demand">How far they go for the value.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Definition">The fingerprint of the cache's definition; zero: there is none.</param>
/// <param name="Variant">What else tells reads apart; zero: nothing.</param>
internal readonly record struct SharedReadKey(string Text, EntryDemand Demand, Type Type, long Definition, int Variant = 0);

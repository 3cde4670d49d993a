using CacheOrleans.Storage;

namespace CacheOrleans.Entries;

/// <summary>What an owner has in memory: a value, or that there is none.</summary>
/// <param name="Value">The value; null when the fallback found nothing.</param>
/// <param name="Stamp">The order of the operation that made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ceases to count.</param>
public sealed record HeldEntry(byte[]? Value, Stamp Stamp, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

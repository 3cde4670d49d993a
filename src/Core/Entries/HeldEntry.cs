using CacheOrleans.Storage;

namespace CacheOrleans.Entries;

/// <summary>What an owner has in memory: a value, or that there is none.</summary>
/// <param name="Value">The value; null when the fallback found nothing.</param>
/// <param name="Stamp">The order of the operation that made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ceases to count.</param>
/// <param name="Tags">Its tags; null: none.</param>
/// <param name="Sliding">How reads prolong its life; null: they do not.</param>
public sealed record HeldEntry(
    byte[]? Value,
    Stamp Stamp,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string[]? Tags = null,
    SlidingLife? Sliding = null);

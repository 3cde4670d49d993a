namespace CacheOrleans.Grains.Entries;

/// <summary>Why a grain key names no entry.</summary>
/// <param name="Message">What is wrong with it.</param>
/// <param name="UnknownCache">The cache that it names and the silo does not know; null: something else is wrong.</param>
internal sealed record KeyError(string Message, string? UnknownCache = null);

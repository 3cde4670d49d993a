namespace CacheOrleans.Grains.Entries;

/// <summary>Why a grain key names no entry.</summary>
/// <param name="Message">What is wrong with it.</param>
/// <param name="UnknownCache">The cache it names, if the silo does not know it; null: something else is wrong.</param>
internal sealed record KeyError(string Message, string? UnknownCache = null);

namespace CacheOrleans.Client;

/// <summary>The result of a read: whether there is a value, and the value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="IsFound">Whether there is a value.</param>
/// <param name="Value">The value; the default of the type when there is none.</param>
public readonly record struct CacheResult<T>(bool IsFound, T? Value);

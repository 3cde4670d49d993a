namespace CacheOrleans.Keys;

/// <summary>One named value of a <see cref="CacheKey"/>.</summary>
/// <param name="Name">The parameter's name, as the template writes it between braces.</param>
/// <param name="Value">The value as text; any Unicode text, including the empty text.</param>
public readonly record struct CacheKeyParameter(string Name, string Value);

namespace CacheOrleans.Generators;

/// <summary>A cache as declared by an attribute; its types are those of the declaration, including type parameters.
/// </summary>
internal sealed record DeclaredCache(
    string Name, int Version, string Template, string TimeToLive, string KeyType, string ValueType, SourceSpan? Span)
{
    /// <summary>Returns the conflict with an earlier declaration of the same cache, or null.</summary>
    /// <remarks>Versions of a cache may differ in their types, because that is their purpose.</remarks>
    public Problem? Conflict(DeclaredCache earlier) =>
        Conflict("key", earlier.Template, Template)
            ?? Conflict("time to live", earlier.TimeToLive, TimeToLive)
            ?? (earlier.Version == Version
                ? Conflict("type of keys", earlier.KeyType, KeyType)
                    ?? Conflict("type of values", earlier.ValueType, ValueType)
                : null);

    private Problem? Conflict(string what, string there, string here) =>
        there == here ? null : Problem.At(Rules.Conflict, Span, Name, what, there, here);
}

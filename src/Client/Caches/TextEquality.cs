using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Caches;

/// <summary>Treats equal keys with different texts as different, such as one moment in two time zones, because each
/// text is a separate entry.</summary>
internal sealed class TextEquality<TKey, T>(CacheDefinition<TKey, T> definition) : IEqualityComparer<TKey>
    where TKey : notnull
{
    /// <inheritdoc />
    /// <remarks>Keys with the same text are always equal, so texts are created only for keys that are equal.</remarks>
    public bool Equals(TKey? x, TKey? y) =>
        EqualityComparer<TKey>.Default.Equals(x, y)
        && (x is null || definition.Key(x).Equals(definition.Key(y!)));

    /// <inheritdoc />
    public int GetHashCode(TKey obj) => EqualityComparer<TKey>.Default.GetHashCode(obj);
}

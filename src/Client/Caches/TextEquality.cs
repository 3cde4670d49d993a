using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Caches;

/// <summary>Tells equal keys of different texts apart, such as one moment in two time zones: each text is an entry.
/// </summary>
internal sealed class TextEquality<TKey, T>(CacheDefinition<TKey, T> definition) : IEqualityComparer<TKey>
    where TKey : notnull
{
    /// <inheritdoc />
    /// <remarks>Keys of one text are equal, so that texts are made of those alone that are.</remarks>
    public bool Equals(TKey? x, TKey? y) =>
        EqualityComparer<TKey>.Default.Equals(x, y)
        && (x is null || definition.Key(x).Equals(definition.Key(y!)));

    /// <inheritdoc />
    public int GetHashCode(TKey obj) => EqualityComparer<TKey>.Default.GetHashCode(obj);
}

namespace CacheOrleans.Definitions;

/// <summary>The definition of a cache with one entry, whose key has no parameters, such as the cache of a home page.
/// </summary>
/// <typeparam name="T">The type of its value.</typeparam>
public sealed class CacheDefinition<T> : CacheDefinition<ValueTuple, T>
{
    /// <inheritdoc cref="CacheDefinition{TKey, T}(string, string, TimeSpan)"/>
    public CacheDefinition(string name, string template, TimeSpan timeToLive)
        : base(name, template, timeToLive)
    {
    }
}

using CacheOrleans.Keys;

namespace CacheOrleans.Definitions;

/// <summary>A cache whose keys and values have types.</summary>
/// <remarks>
/// A key is the template's parameters as one value: a single value (<c>int</c>, <c>string</c>, <c>Guid</c>, an enum and
/// whatever else <see cref="CacheDefinition.Key"/> takes), a tuple in the order of the template, or a type with a
/// public property for each parameter, matched by name without regard to case and underscores. Equality of keys must be
/// that of their values; of dates, decimals and other types of the framework whose equal values may have several texts,
/// each text is a key. Immutable; made once and kept, typically in a static field.</remarks>
/// <typeparam name="TKey">The type of its keys.</typeparam>
/// <typeparam name="T">The type of its values.</typeparam>
public class CacheDefinition<TKey, T> : CacheDefinition
    where TKey : notnull
{
    private readonly KeyShape<TKey> _shape;
    private readonly int _version = 1;

    /// <summary>Declares a cache.</summary>
    /// <exception cref="ArgumentException">One of them is not allowed, or <typeparamref name="TKey"/> does not fit the
    /// template; the message names the cache and why.</exception>
    /// <inheritdoc cref="CacheDefinition(string, string, TimeSpan)" path="/param"/>
    public CacheDefinition(string name, string template, TimeSpan timeToLive)
        : base(name, template, timeToLive) => _shape = KeyShape<TKey>.Of(this);

    /// <summary>The number of this instance among the typed definitions of the process, from 0.</summary>
    /// <remarks>It indexes what a client keeps for each, where a dictionary's lookup would cost too much.</remarks>
    public int Ordinal { get; } = DefinitionOrdinals.Next();

    /// <summary>The version of its keys, which separates values of different shapes; 1 or more.</summary>
    /// <value>The default value is 1.</value>
    public int Version
    {
        get => _version;
        init => _version = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Cache '{Name}': a version is 1 or more.");
    }

    /// <summary>Whether one instance of a value may be handed to several callers.</summary>
    /// <value>The default value is <see langword="null"/>: by the type of the value, as <c>HybridCache</c> decides it.
    /// An instance that is not shared is deserialized for each caller.</value>
    public bool? SharesInstances { get; init; }

    /// <summary>Makes the key of the definition's version from its typed value.</summary>
    /// <exception cref="ArgumentException">A value is not allowed.</exception>
    public virtual CacheKey Key(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _shape.Key(this, Version, key);
    }
}

using CacheOrleans.Keys;

namespace CacheOrleans.Definitions;

/// <summary>The definition of a cache whose keys and values have types.</summary>
/// <remarks>
/// A key contains the template's parameters as one value: a single value (<c>int</c>, <c>string</c>, <c>Guid</c>, an
/// enum or another type that <see cref="CacheDefinition.Key"/> accepts), a tuple in the order of the template, or a
/// type with a public property for each parameter, matched by name without regard to case and underscores. Keys must be
/// equal exactly if their values are equal. For dates, decimals and other types of the framework whose equal values may
/// have several texts, each text is a separate key. Immutable; create it once, typically in a static field.</remarks>
/// <typeparam name="TKey">The type of its keys.</typeparam>
/// <typeparam name="T">The type of its values.</typeparam>
public class CacheDefinition<TKey, T> : CacheDefinition
    where TKey : notnull
{
    private readonly KeyShape<TKey> _shape;
    private readonly int _version = 1;

    /// <summary>Declares a cache.</summary>
    /// <exception cref="ArgumentException">An argument is not allowed, or <typeparamref name="TKey"/> does not fit the
    /// template; the message names the cache and the reason.</exception>
    /// <inheritdoc cref="CacheDefinition(string, string, TimeSpan)" path="/param"/>
    public CacheDefinition(string name, string template, TimeSpan timeToLive)
        : base(name, template, timeToLive) => _shape = KeyShape<TKey>.Of(this);

    /// <summary>The number of this instance among the typed definitions of the process, from 0.</summary>
    /// <remarks>A client uses it as an index to its state for each definition, where a lookup in a dictionary would
    /// cost too much.</remarks>
    public int Ordinal { get; } = DefinitionOrdinals.Next();

    /// <summary>The version of the cache's keys, which separates values of different shapes; 1 or more.</summary>
    /// <value>The default value is 1.</value>
    public int Version
    {
        get => _version;
        init => _version = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"Cache '{Name}': the version must be 1 or more.");
    }

    /// <summary>Whether several callers may receive the same instance of a value.</summary>
    /// <value>The default value is <see langword="null"/>: the type of the value decides, as in <c>HybridCache</c>. A
    /// value whose instances are not shared is deserialized for each caller.</value>
    public bool? SharesInstances { get; init; }

    /// <summary>Creates a key of the definition's version from its typed value.</summary>
    /// <exception cref="ArgumentException">A value is not allowed.</exception>
    public virtual CacheKey Key(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _shape.Key(this, Version, key);
    }
}

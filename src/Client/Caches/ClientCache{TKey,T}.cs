using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Runtime.CompilerServices;
using CacheOrleans.Client.Coherence;
using CacheOrleans.Client.Near;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Caches;

/// <summary>A definition and its state in a client.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ClientCache<TKey, T>(
    CacheDefinition<TKey, T> definition,
    CacheCodec<T> codec,
    CacheLimits limits,
    NearCaches tables,
    CoherenceChecks checks)
    : ClientCache(codec.Logger)
    where TKey : notnull
{
    private static readonly bool IsByKey = KeyEquality.MatchesTexts(typeof(TKey));

    private const string LimitsSection =
        $"{CacheClientOptions.SectionName}:{nameof(CacheClientOptions.Limits)}";

    private readonly Lock _lock = new();
    private NearCache<TKey>? _copies;
    private NearCache<string>? _copiesByText;
    private bool _hasNoCopies;

    /// <inheritdoc />
    public override string Name => definition.Name;

    /// <inheritdoc />
    public override NearCache? Copies => (NearCache?)_copies ?? _copiesByText;

    /// <summary>The definition of the cache.</summary>
    public CacheDefinition<TKey, T> Definition => definition;

    /// <inheritdoc />
    public override CacheDeclaration? Declaration { get; } = definition is TextDefinition<T>
        ? null
        : new(
            definition.Name,
            definition.Template.Text,
            new(definition.TimeToLive, definition.NotFoundTimeToLive),
            definition.ContentType == MediaTypeNames.Application.Json ? codec.ContentType : definition.ContentType);

    /// <inheritdoc />
    public override long Fingerprint { get; } = definition is TextDefinition<T> ? 0 : definition.Fingerprint;

    /// <summary>Compares keys in the same way as their texts.</summary>
    public IEqualityComparer<TKey> Equality { get; } =
        IsByKey ? EqualityComparer<TKey>.Default : new TextEquality<TKey, T>(definition);

    /// <summary>Serializes and deserializes values.</summary>
    public CacheCodec<T> Codec => codec;

    /// <summary>Returns a key's canonical text.</summary>
    /// <exception cref="ArgumentException">The key is not allowed.</exception>
    public string TextOf(TKey key)
    {
        var made = definition.Key(key);
        return limits.Check(made, LimitsSection) is { } error
            ? throw new ArgumentException(error, nameof(key))
            : made.Text;
    }

    /// <summary>Serializes a value that is to be set.</summary>
    /// <exception cref="ArgumentException">The value has too many bytes.</exception>
    /// <remarks>Exceptions of the serializer are not caught.</remarks>
    public byte[] Serialize(T value)
    {
        var bytes = codec.Serialize(value);
        return limits.CheckValue(definition.Name, bytes.Length, LimitsSection) is { } error
            ? throw new ArgumentException(error, nameof(value))
            : bytes;
    }

    /// <summary>Finds a valid copy.</summary>
    public NearEntry<T>? Find(TKey key) =>
        // The table holds only entries of this type, so the cast is unchecked: a check would cost each hit.
        _copies is { } copies ? Unsafe.As<NearEntry<T>>(copies.Find(key)) : FindByText(key);

    /// <summary>Keeps a copy.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">The key's canonical text.</param>
    /// <param name="entry">The copy.</param>
    public void Keep(TKey key, string text, NearEntry<T> entry)
    {
        if (IsByKey)
        {
            Keep(ref _copies, key, entry);
        }
        else
        {
            Keep(ref _copiesByText, text, entry);
        }
    }

    private NearEntry<T>? FindByText(TKey key) =>
        _copiesByText is { } copies ? Unsafe.As<NearEntry<T>>(copies.Find(TextOf(key))) : null;

    private void Keep<TAny>(ref NearCache<TAny>? place, TAny key, NearEntry<T> entry)
        where TAny : notnull
    {
        if (place is { } copies || TryMake(ref place, out copies))
        {
            tables.Put(copies, key, entry);
        }
    }

    private bool TryMake<TAny>(ref NearCache<TAny>? place, [NotNullWhen(true)] out NearCache<TAny>? copies)
        where TAny : notnull
    {
        lock (_lock)
        {
            if (place is null && !_hasNoCopies)
            {
                place = tables.Make<TAny>(OnSampled);
                _hasNoCopies = place is null;
            }

            copies = place;
            return copies is not null;
        }
    }

    /// <summary>Has a hit checked.</summary>
    /// <param name="key">The key, or its text, by which the copies are kept.</param>
    /// <param name="entry">The copy.</param>
    private void OnSampled<TAny>(TAny key, NearEntry entry)
    {
        var at = checks.Now;
        if (entry.OwnerStamp is { } stamp && tables.IsValid(entry)) // the thread may have been paused since
        {
            var text = IsByKey ? TextOf((TKey)(object)key!) : (string)(object)key!;
            checks.Add(new(Name, text, stamp, at, IsCopy: true));
        }
    }
}

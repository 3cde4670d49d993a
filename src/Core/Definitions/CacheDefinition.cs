using System.Globalization;
using System.Net.Mime;
using CacheOrleans.Keys;
using CacheOrleans.Storage;

namespace CacheOrleans.Definitions;

/// <summary>The definition of a cache: its name, the pattern of its keys, and the time to live of its
/// entries.</summary>
/// <remarks>Immutable.</remarks>
public class CacheDefinition
{
    /// <summary>The longest time to live: ten years of 365 days.</summary>
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(3650);

    /// <summary>The longest time limit of a fallback; callers wait a little longer than this limit.</summary>
    public static readonly TimeSpan MaxFallbackTimeout = TimeSpan.FromSeconds(30);

    private readonly string _contentType = "application/json";
    private readonly TimeSpan _timeToLive;
    private readonly TimeSpan _notFoundTimeToLive = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _fallbackTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Declares a cache.</summary>
    /// <param name="name">The cache's name: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; at most 64 characters.
    /// </param>
    /// <param name="template">The pattern of its keys, such as <c>user:{user_id}</c>.</param>
    /// <param name="timeToLive">How long an entry lives, 1 ms to <see cref="MaxTimeToLive"/>.</param>
    /// <exception cref="ArgumentException">An argument is not allowed; the message names the cache and the reason.
    /// </exception>
    public CacheDefinition(string name, string template, TimeSpan timeToLive)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = CacheNames.CheckName(name) is { } error ? throw new ArgumentException(error, nameof(name)) : name;
        try
        {
            Template = CacheKeyTemplate.Parse(template);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"Cache '{name}': {exception.Message}", nameof(template), exception);
        }

        _timeToLive = InRange(timeToLive, MaxTimeToLive, nameof(TimeToLive));
        Fingerprint = DefinitionFingerprint.Of(name, template);
    }

    /// <summary>The cache's name.</summary>
    public string Name { get; }

    /// <summary>The pattern of its keys.</summary>
    public CacheKeyTemplate Template { get; }

    /// <summary>A hash of the name and of the template including its parameters' names, which distinguishes different
    /// definitions of one cache. It is the same in every process, and never zero.</summary>
    /// <remarks>An owner refuses a caller whose definition has another fingerprint, and accepts no value from Redis
    /// that was written under another fingerprint.</remarks>
    public long Fingerprint { get; }

    /// <summary>How long an entry lives.</summary>
    public TimeSpan TimeToLive => _timeToLive;

    /// <summary>How long the owner remembers that the fallback found nothing; 1 ms to <see cref="MaxTimeToLive"/>.
    /// </summary>
    /// <value>The default value is 30 seconds.</value>
    public TimeSpan NotFoundTimeToLive
    {
        get => _notFoundTimeToLive;
        init => _notFoundTimeToLive = InRange(value, MaxTimeToLive, nameof(NotFoundTimeToLive));
    }

    /// <summary>The time limit of one run of the fallback; 1 ms to <see cref="MaxFallbackTimeout"/>.</summary>
    /// <value>The default value is 30 seconds.</value>
    public TimeSpan FallbackTimeout
    {
        get => _fallbackTimeout;
        init => _fallbackTimeout = InRange(value, MaxFallbackTimeout, nameof(FallbackTimeout));
    }

    /// <summary>The media type of the values, used where they are served over HTTP.</summary>
    /// <value>The default value is <c>application/json</c>.</value>
    public string ContentType
    {
        get => _contentType;
        init => _contentType = MediaType(value);
    }

    /// <summary>Creates a key of version 1 from values in template order.</summary>
    /// <remarks>Values are text, numbers, dates and values of any other type that is <see cref="IFormattable"/> or
    /// <see cref="IConvertible"/>; they are formatted with the invariant culture, dates and times in their round-trip
    /// format, so that different values have different keys.</remarks>
    /// <exception cref="ArgumentException">The number of values differs from the template's parameters, or a value is
    /// not allowed.</exception>
    public CacheKey Key(params ReadOnlySpan<object> values) => VersionedKey(1, values);

    /// <summary>Creates a key of a given version from values in template order.</summary>
    /// <inheritdoc cref="Key" path="/remarks|/exception"/>
    public CacheKey VersionedKey(int version, params ReadOnlySpan<object> values)
    {
        if (values.Length != Template.Parameters.Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Cache '{Name}' takes {Template.Parameters.Length} values ('{Template}'); got {values.Length}."));
        }

        var parameters = new CacheKeyParameter[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            parameters[i] = new(Template.Parameters[i], CacheKeyValue.Format(Template.Parameters[i], values[i]));
        }

        return CacheKey.Create(Name, version, parameters);
    }

    /// <summary>Creates a key from named values, in any order.</summary>
    /// <exception cref="ArgumentException">A parameter is missing, unknown or not allowed; the message names it.
    /// </exception>
    public CacheKey NamedKey(int version, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (Template.CheckNames(Name, [.. values.Keys]) is { } error)
        {
            throw new ArgumentException(error);
        }

        return CacheKey.Create(
            Name, version, [.. Template.Parameters.Select(name => new CacheKeyParameter(name, values[name]))]);
    }

    /// <summary>Returns the key under which an entry is kept in the backing store; the key must fit the template.
    /// </summary>
    public StoreKey StoreKey(CacheKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(Name, string.Create(CultureInfo.InvariantCulture, $"{Name}:v{key.Version}:{Template.Fill(key)}"));
    }

    /// <summary>Checks the time to live of a single value, or another duration with the same limits.</summary>
    /// <param name="value">The duration.</param>
    /// <param name="name">The name of the duration, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 1 ms and <see cref="MaxTimeToLive"/>.
    /// </exception>
    public void CheckTimeToLive(TimeSpan value, string name = nameof(TimeToLive)) =>
        InRange(value, MaxTimeToLive, name);

    private string MediaType(string value)
    {
        try
        {
            _ = new ContentType(value);
            return value.All(character => character is >= ' ' and <= '~')
                ? value
                : throw new FormatException("A header may contain only ASCII without control characters.");
        }
        catch (FormatException exception)
        {
            throw new ArgumentException(
                $"Cache '{Name}': {nameof(ContentType)} must be a media type such as text/plain.", exception);
        }
    }

    private TimeSpan InRange(TimeSpan value, TimeSpan max, string property) =>
        value >= TimeSpan.FromMilliseconds(1) && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                property, $"Cache '{Name}': {property} must be from 00:00:00.001 to {max:c}; got {value:c}.");
}

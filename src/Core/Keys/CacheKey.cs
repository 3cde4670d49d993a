using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CacheOrleans.Keys;

/// <summary>The key of an entry: a cache's name, a version, and the parameters in template order.</summary>
/// <remarks>
/// <see cref="Text"/> is the canonical form and the grain key: <c>user_object/v1?user_id=42</c>. Values are
/// percent-encoded as UTF-8 (RFC 3986, everything except unreserved characters), so no two keys share a text and
/// <see cref="Parse"/> returns the same key. Instances are immutable; keys are equal if their texts are equal.
/// </remarks>
public sealed class CacheKey : IEquatable<CacheKey>
{
    private CacheKey(string name, int version, ImmutableArray<CacheKeyParameter> parameters)
    {
        Name = name;
        Version = version;
        Parameters = parameters;
        Text = CacheKeyText.Format(name, version, parameters);
    }

    /// <summary>The cache's name.</summary>
    public string Name { get; }

    /// <summary>The version, 1 or more; it separates entries of different shapes.</summary>
    public int Version { get; }

    /// <summary>The parameters in template order; empty for a fixed key.</summary>
    public ImmutableArray<CacheKeyParameter> Parameters { get; }

    /// <summary>The canonical text, which is the grain key.</summary>
    public string Text { get; }

    /// <summary>Creates a key from its parts.</summary>
    /// <exception cref="ArgumentException">A name, the version or a value is not allowed; the message names it.
    /// </exception>
    public static CacheKey Create(string name, int version, params ReadOnlySpan<CacheKeyParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(name);
        var error = Check(name, version, parameters);
        return error is null
            ? new CacheKey(name, version, [.. parameters])
            : throw new ArgumentException(error);
    }

    /// <summary>Reads a key from its canonical text.</summary>
    /// <exception cref="ArgumentException">The text is not a key, or is not canonical; in the second case the message
    /// contains the canonical form.</exception>
    public static CacheKey Parse(string text) =>
        TryParse(text, out var key, out var error) ? key : throw new ArgumentException(error, nameof(text));

    /// <summary>Reads a key from its canonical text, or returns what is wrong with the text.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out CacheKey? key, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        if (!CacheKeyText.TrySplit(text, out var name, out var version, out var parameters, out error))
        {
            return false;
        }

        error = Check(name, version, parameters.AsSpan());
        if (error is not null)
        {
            return false;
        }

        var parsed = new CacheKey(name, version, parameters);
        if (parsed.Text != text)
        {
            error = $"The key '{text}' is not canonical; write it as '{parsed.Text}'.";
            return false;
        }

        key = parsed;
        return true;
    }

    /// <inheritdoc />
    public bool Equals(CacheKey? other) => other is not null && Text == other.Text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as CacheKey);

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Text;

    private static string? Check(string name, int version, ReadOnlySpan<CacheKeyParameter> parameters)
    {
        if (CacheNames.CheckName(name) is { } nameError)
        {
            return nameError;
        }

        if (version < 1)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"The version of a '{name}' key must be 1 or more; got {version}.");
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            var (parameterName, value) = parameters[i];
            if (CacheNames.CheckParameter(parameterName) is { } error)
            {
                return error;
            }

            if (value is null)
            {
                return $"The value of '{parameterName}' is null; it must be a text, which may be empty.";
            }

            if (!UnicodeText.IsValid(value))
            {
                return $"The value of '{parameterName}' is not valid Unicode: it contains half of a surrogate pair.";
            }

            for (var j = 0; j < i; j++)
            {
                if (parameters[j].Name == parameterName)
                {
                    return $"The parameter '{parameterName}' is given twice.";
                }
            }
        }

        return null;
    }
}

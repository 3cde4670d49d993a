using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace CacheOrleans.Keys;

/// <summary>A key's pattern, such as <c>user:{user_id}</c>: literal text and parameters between braces.</summary>
/// <remarks>
/// <see cref="Fill"/> never returns the same text for two keys. For that, two parameters must be separated by a literal
/// with a character other than a letter or digit, its separator, and that separator is escaped inside values: with
/// <c>a:{x}:{y}</c>, <c>("1:2", "3")</c> becomes <c>a:1%3A2:3</c> and <c>("1", "2:3")</c> becomes
/// <c>a:1:2%3A3</c>. Immutable.
/// </remarks>
public sealed class CacheKeyTemplate
{
    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private readonly ImmutableArray<string> _literals;
    private readonly string _separators;

    private CacheKeyTemplate(string text, ImmutableArray<string> literals, ImmutableArray<string> parameters)
    {
        Text = text;
        _literals = literals;
        Parameters = parameters;
        _separators = string.Concat(
            literals.Skip(1).Take(parameters.Length - 1).Select(literal => literal[FirstSeparator(literal)]));
    }

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>The names of the parameters, in the order in which the template contains them.</summary>
    public ImmutableArray<string> Parameters { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="ArgumentException">The text is not a template; the message explains why.</exception>
    public static CacheKeyTemplate Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var literals = ImmutableArray.CreateBuilder<string>();
        var parameters = ImmutableArray.CreateBuilder<string>();
        var rest = text.AsSpan();
        while (true)
        {
            var open = rest.IndexOfAny('{', '}');
            var literal = open < 0 ? rest : rest[..open];
            CheckLiteral(text, literal, isBetween: open >= 0 && rest[open] == '{' && parameters.Count > 0);
            literals.Add(literal.ToString());
            if (open < 0)
            {
                return new CacheKeyTemplate(text, literals.ToImmutable(), parameters.ToImmutable());
            }

            var close = rest[(open + 1)..].IndexOf('}');
            if (rest[open] == '}' || close < 0)
            {
                throw Invalid(text, "it contains an unmatched brace");
            }

            AddParameter(text, rest.Slice(open + 1, close), parameters);
            rest = rest[(open + close + 2)..];
        }
    }

    /// <summary>Puts a key's values into the template. The key must have passed <see cref="Check"/>.</summary>
    public string Fill(CacheKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var text = new StringBuilder(_literals[0]);
        for (var i = 0; i < Parameters.Length; i++)
        {
            text.Append(Escape(key.Parameters[i].Value)).Append(_literals[i + 1]);
        }

        return text.ToString();
    }

    /// <summary>Returns how a key's parameters differ from the template's, or null if they do not.</summary>
    public string? Check(CacheKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var names = key.Parameters.Select(parameter => parameter.Name).ToList();
        if (names.SequenceEqual(Parameters))
        {
            return null;
        }

        if (CheckNames(key.Name, names) is { } error)
        {
            return error;
        }

        var inOrder = Parameters.Select(name => key.Parameters.Single(parameter => parameter.Name == name));
        var canonical = CacheKey.Create(key.Name, key.Version, [.. inOrder]);
        return $"The key '{key}' is not canonical; write it as '{canonical}'.";
    }

    /// <summary>Returns which parameter is missing or unknown among the given names, or null.</summary>
    internal string? CheckNames(string cache, IReadOnlyCollection<string> names)
    {
        var expected = Parameters.IsEmpty ? "it takes none" : $"it takes {string.Join(", ", Parameters)}";
        if (Parameters.FirstOrDefault(name => !names.Contains(name)) is { } missing)
        {
            return $"Cache '{cache}' needs the parameter '{missing}'; {expected}.";
        }

        return names.FirstOrDefault(name => !Parameters.Contains(name)) is { } unknown
            ? $"Cache '{cache}' has no parameter '{unknown}'; {expected}."
            : null;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private static void CheckLiteral(string text, ReadOnlySpan<char> literal, bool isBetween)
    {
        foreach (var character in literal)
        {
            if (character is <= ' ' or > '~' or '%')
            {
                throw Invalid(text, $"'{character}' (U+{(int)character:X4}) is not printable ASCII, or is '%'");
            }
        }

        if (isBetween && !literal.ContainsAnyExcept(LettersAndDigits))
        {
            throw Invalid(text, "two parameters need a separator such as ':' between them");
        }
    }

    private static void AddParameter(
        string text, ReadOnlySpan<char> name, ImmutableArray<string>.Builder parameters)
    {
        if (CacheNames.CheckParameter(name) is { } error)
        {
            throw Invalid(text, error);
        }

        if (parameters.Contains(name.ToString()))
        {
            throw Invalid(text, $"it contains the parameter '{name}' twice");
        }

        parameters.Add(name.ToString());
    }

    private static int FirstSeparator(string literal) => literal.AsSpan().IndexOfAnyExcept(LettersAndDigits);

    private static ArgumentException Invalid(string text, string why) =>
        new($"'{text}' is not a key template: {why}.");

    private string Escape(string value)
    {
        var escaped = Uri.EscapeDataString(value);
        foreach (var separator in _separators)
        {
            // ':' and the like are escaped already; '-', '_', '.' and '~' are not.
            escaped = escaped.Replace(separator.ToString(), $"%{(int)separator:X2}", StringComparison.Ordinal);
        }

        return escaped;
    }
}

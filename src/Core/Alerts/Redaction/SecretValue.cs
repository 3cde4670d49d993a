using System.Buffers;

namespace CacheOrleans.Alerts;

/// <summary>Decides where the value of a named secret ends.</summary>
/// <remarks>
/// A character that ends a value in one kind of text may be part of it in another. When in doubt the value continues,
/// so that too much is removed rather than too little. No value extends beyond its line.
/// </remarks>
internal static class SecretValue
{
    /// <summary>How far back and ahead the code searches for names and further options; limited so that the whole
    /// search stays linear.</summary>
    private const int NameRange = 64;
    private const int LineRange = 512;

    private static readonly SearchValues<char> AfterValue = SearchValues.Create(",;:&.!?)]}><\\|\"'`");

    public static ValueSurroundings SurroundingsOf(string text, int name, int value, bool isHeader)
    {
        if (isHeader)
        {
            return ValueSurroundings.Header;
        }

        var at = name;
        var hasSpace = false;
        for (var limit = Math.Max(0, name - NameRange); at > limit && IsOfName(text[at - 1]); at--)
        {
            hasSpace |= text[at - 1] == ' ';
        }

        return (at > 0 ? text[at - 1] : '\0') switch
        {
            ';' => ValueSurroundings.Semicolons,
            ',' when !hasSpace => ValueSurroundings.Commas,
            '?' or '&' => ValueSurroundings.Text,
            _ => IsBeforeSemicolon(text, value) ? ValueSurroundings.Semicolons : ValueSurroundings.Text,
        };
    }

    /// <summary>Finds the content of a value in quotes, brackets or braces.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="value">The content.</param>
    /// <param name="next">Where an unquoted rest of the value begins: text directly after the closing quote belongs to
    /// the value too.</param>
    public static bool TryUnquote(string text, int start, out (int Start, int End) value, out int next)
    {
        (value, next) = (default, start);
        var quote = SkipBackslashes(text, start);
        if (!IsQuote(text, quote) && !(quote == start && quote < text.Length && text[quote] is '[' or '{'))
        {
            return false;
        }

        (var end, next) = ClosingOf(text, quote, quote - start);
        value = (quote + 1, end);
        return IsAfterValue(text, next);
    }

    public static int UnquotedEnd(string text, int start, ValueSurroundings surroundings)
    {
        var at = start;
        while (at < text.Length && !IsEnd(text, at, surroundings))
        {
            at++;
        }

        return at;
    }

    /// <summary>Whether the character at a position can follow a value that a quote has ended.</summary>
    public static bool IsAfterValue(string text, int at) =>
        at == text.Length || char.IsWhiteSpace(text[at]) || AfterValue.Contains(text[at]);

    /// <summary>Finds the closing quote, and the position after it. A doubled quote is part of the value; so is an
    /// escaped quote, which has more backslashes before it than the opening quote.</summary>
    private static (int End, int Next) ClosingOf(string text, int open, int backslashes)
    {
        var close = text[open] switch { '[' => ']', '{' => '}', var quote => quote };
        var run = 0;
        for (var at = open + 1; at < text.Length && text[at] is not ('\n' or '\r'); at++)
        {
            if (text[at] == '\\')
            {
                run++;
                continue;
            }

            if (text[at] == close && (backslashes > 0 ? run <= backslashes : run % 2 == 0))
            {
                if (backslashes > 0)
                {
                    return (at - run, at + 1);
                }

                if (at + 1 == text.Length || text[at + 1] != close)
                {
                    return (at, at + 1);
                }

                at++;
            }

            run = 0;
        }

        var lineEnd = text.AsSpan(open).IndexOfAny('\n', '\r') is >= 0 and var length ? open + length : text.Length;
        return (lineEnd, lineEnd);
    }

    private static bool IsEnd(string text, int at, ValueSurroundings surroundings) => text[at] switch
    {
        '\n' or '\r' => true,
        _ when surroundings == ValueSurroundings.Header => false,
        '"' or '\'' or '`' => IsAfterValue(text, at + 1),
        ';' => surroundings != ValueSurroundings.Commas && IsBeforeOption(text, at + 1),
        ',' => surroundings != ValueSurroundings.Semicolons && IsBeforeOption(text, at + 1),
        '&' => surroundings == ValueSurroundings.Text && IsBeforeOption(text, at + 1),
        var other => surroundings == ValueSurroundings.Text && char.IsWhiteSpace(other),
    };

    /// <summary>Whether the text continues with another option, or with something that cannot be part of a value.
    /// </summary>
    private static bool IsBeforeOption(string text, int at) =>
        at == text.Length
        || char.IsWhiteSpace(text[at])
        || IsQuote(text, at)
        || text[at] is '\\' or ')' or ']' or '}'
        || IsBeforeName(text, at);

    private static bool IsBeforeName(string text, int at)
    {
        var start = at;
        var limit = Math.Min(text.Length, at + NameRange);
        while (at < limit && IsOfName(text[at]))
        {
            at++;
        }

        return at > start && at < text.Length && text[at] == '=';
    }

    /// <summary>Whether a semicolon with another option follows on the line.</summary>
    private static bool IsBeforeSemicolon(string text, int at)
    {
        var line = text.AsSpan(at, Math.Min(LineRange, text.Length - at));
        line = line.IndexOfAny('\n', '\r') is >= 0 and var length ? line[..length] : line;
        for (var from = 0; line[from..].IndexOf(';') is >= 0 and var found; from += found + 1)
        {
            if (IsBeforeName(text, at + from + found + 1))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsQuote(string text, int at) => at < text.Length && text[at] is '"' or '\'' or '`';

    private static bool IsOfName(char character) =>
        char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or ' ';

    private static int SkipBackslashes(string text, int at)
    {
        while (at < text.Length && text[at] == '\\')
        {
            at++;
        }

        return at;
    }
}

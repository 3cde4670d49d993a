using System.Collections.Immutable;

namespace CacheOrleans.Sql.Statements;

/// <summary>Finds the parameters in a statement's text.</summary>
/// <remarks>
/// Skips text that only looks like a parameter: in literals, quoted identifiers, comments, dollar quotes, and the
/// operators <c>@@</c>, <c>@&gt;</c> and <c>::</c>. Every form that the dialect accepts as a parameter is found, not
/// only <c>@name</c>, so that no parameter can remain without a value. An instance is used once, by one thread.
/// </remarks>
internal sealed class SqlScanner(string text, SqlDialect dialect)
{
    private readonly ImmutableArray<SqlParameterUse>.Builder _uses = ImmutableArray.CreateBuilder<SqlParameterUse>();
    private int _at;
    private bool _ended;

    /// <summary>The occurrences of parameters, in the order of the text.</summary>
    public ImmutableArray<SqlParameterUse> Uses => _uses.ToImmutable();

    /// <summary>Whether anything except white space and comments follows a semicolon.</summary>
    public bool HasMoreThanOneStatement { get; private set; }

    public void Run()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
            else if (!TrySkipComment())
            {
                HasMoreThanOneStatement |= _ended && text[_at] != ';';
                StepOverToken();
            }
        }
    }

    private void StepOverToken()
    {
        var first = text[_at];
        if (IsNameStart(first))
        {
            StepOverWord();
        }
        else if (char.IsAsciiDigit(first))
        {
            SkipWhile(IsNamePart);
        }
        else if (first is '\'' or '"' || (dialect == SqlDialect.Sqlite && first is '`' or '['))
        {
            SkipQuoted(first == '[' ? ']' : first, hasBackslashes: false);
        }
        else if (!TrySkipDollarQuote() && !TryAddParameter())
        {
            _ended |= first == ';';
            // '@@' is an operator even if a name follows it.
            _at += At(0) == '@' && At(1) == '@' ? 2 : 1;
        }
    }

    private void StepOverWord()
    {
        var start = _at;
        SkipWhile(IsNamePart);
        var isEscapeString = dialect == SqlDialect.Postgres && _at - start == 1 && text[start] is 'e' or 'E';
        if (isEscapeString && At(0) == '\'')
        {
            SkipQuoted('\'', hasBackslashes: true);
        }
    }

    private bool TryAddParameter()
    {
        var length = ParameterLength();
        if (length == 0)
        {
            return false;
        }

        _uses.Add(new(_at, text.Substring(_at, length)));
        _at += length;
        return true;
    }

    private int ParameterLength()
    {
        var (first, second) = (At(0), At(1));
        var isParameter = dialect switch
        {
            SqlDialect.Postgres => (first == '@' && IsNameStart(second)) || (first == '$' && char.IsAsciiDigit(second)),
            SqlDialect.Sqlite => first == '?' || (first is '@' or ':' or '$' && IsNamePart(second)),
            _ => throw new InvalidOperationException($"Unknown dialect {dialect}."),
        };
        var length = isParameter ? 1 : 0;
        while (length > 0 && IsNamePart(At(length)))
        {
            length++;
        }

        return length;
    }

    private bool TrySkipComment()
    {
        if (At(0) == '-' && At(1) == '-')
        {
            SkipWhile(character => character != '\n');
            return true;
        }

        if (At(0) != '/' || At(1) != '*')
        {
            return false;
        }

        // PostgreSQL's block comments nest, SQLite's do not.
        var depth = 0;
        do
        {
            var (isOpen, isClose) = (At(0) == '/' && At(1) == '*', At(0) == '*' && At(1) == '/');
            depth += isOpen && (depth == 0 || dialect == SqlDialect.Postgres) ? 1 : isClose ? -1 : 0;
            _at += isOpen || isClose ? 2 : 1;
        }
        while (depth > 0 && _at < text.Length);

        return true;
    }

    private bool TrySkipDollarQuote()
    {
        if (dialect != SqlDialect.Postgres || At(0) != '$' || (At(1) != '$' && !IsNameStart(At(1))))
        {
            return false;
        }

        var length = 1;
        while (At(length) != '$' && IsNamePart(At(length)))
        {
            length++;
        }

        if (At(length) != '$')
        {
            return false;
        }

        var tag = text.Substring(_at, length + 1);
        var end = text.IndexOf(tag, _at + tag.Length, StringComparison.Ordinal);
        _at = end < 0 ? text.Length : end + tag.Length;
        return true;
    }

    private void SkipQuoted(char close, bool hasBackslashes)
    {
        _at++;
        while (_at < text.Length && text[_at] != close)
        {
            _at += hasBackslashes && text[_at] == '\\' ? 2 : 1;
        }

        // A doubled quote is treated as the end of one quoted part and the start of the next, which has the same
        // effect.
        var isDoubled = close != ']' && At(1) == close;
        _at = Math.Min(_at + 1, text.Length);
        if (isDoubled)
        {
            SkipQuoted(close, hasBackslashes);
        }
    }

    private void SkipWhile(Func<char, bool> condition)
    {
        while (_at < text.Length && condition(text[_at]))
        {
            _at++;
        }
    }

    private char At(int offset) => _at + offset < text.Length ? text[_at + offset] : '\0';

    private static bool IsNameStart(char character) =>
        char.IsAsciiLetter(character) || character == '_' || character >= '\u0080';

    private static bool IsNamePart(char character) =>
        IsNameStart(character) || char.IsAsciiDigit(character) || character == '$';
}

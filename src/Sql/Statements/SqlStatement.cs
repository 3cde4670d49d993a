using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CacheOrleans.Sql.Statements;

/// <summary>A statement's text and its parameters.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class SqlStatement
{
    private readonly ImmutableArray<SqlParameterUse> _uses;

    private SqlStatement(string text, ImmutableArray<SqlParameterUse> uses)
    {
        Text = text;
        _uses = uses;
        Parameters = [.. uses.Select(use => use.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The text as written.</summary>
    public string Text { get; }

    /// <summary>The parameters as written, each once, in the order of their first use.</summary>
    public ImmutableArray<string> Parameters { get; }

    /// <exception cref="ArgumentException">The text is empty or has more than one statement.</exception>
    public static SqlStatement Parse(string text, SqlDialect dialect)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException("it is empty");
        }

        var scanner = new SqlScanner(text, dialect);
        scanner.Run();
        return scanner.HasMoreThanOneStatement
            ? throw new ArgumentException("it has more than one statement")
            : new SqlStatement(text, scanner.Uses);
    }

    /// <summary>Returns the text with <c>$1</c>, <c>$2</c>, … in place of the parameters, in the order of
    /// <see cref="Parameters"/>.</summary>
    public string ToPositional()
    {
        var positional = new StringBuilder();
        var end = 0;
        foreach (var use in _uses)
        {
            positional.Append(Text, end, use.Start - end)
                .Append('$')
                .Append((Parameters.IndexOf(use.Text) + 1).ToString(CultureInfo.InvariantCulture));
            end = use.Start + use.Text.Length;
        }

        return positional.Append(Text, end, Text.Length - end).ToString();
    }
}

/// <summary>The SQL dialect of a statement's text.</summary>
internal enum SqlDialect
{
    Sqlite,
    Postgres,
}

/// <summary>One occurrence of a parameter in a statement's text.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="Text">The parameter as written, such as <c>@code</c>; other forms, such as <c>$1</c>, are found as
/// well.</param>
internal readonly record struct SqlParameterUse(int Start, string Text);

using System.Globalization;
using CacheOrleans.Keys;

namespace CacheOrleans.Sql.Declarations;

/// <summary>The types of a fallback's parameters.</summary>
/// <remarks>Each value of a type has exactly one accepted text, because another text for the same value would be
/// another key, and another entry with the same rows.</remarks>
/// <param name="types">The types by the parameters' names; a parameter without a type is text.</param>
internal sealed class SqlParameters(IDictionary<string, SqlParameterType> types)
{
    /// <summary>Returns the type of a parameter.</summary>
    public SqlParameterType TypeOf(string name) => types.TryGetValue(name, out var type) ? type : SqlParameterType.Text;

    /// <summary>Converts a parameter's text in a key to its value.</summary>
    /// <exception cref="FormatException">The text is not valid for the parameter's type.</exception>
    public object ValueOf(string name, string text) =>
        Parse(TypeOf(name), text)
        ?? throw new FormatException($"'{name}' must be {Describe(TypeOf(name))}; got '{text}'.");

    /// <summary>Returns what is wrong with a key's parameters; null when they are valid.</summary>
    public string? Check(CacheKey key)
    {
        foreach (var (name, text) in key.Parameters)
        {
            if (Parse(TypeOf(name), text) is null)
            {
                return $"Key '{key.Text}': '{name}' must be {Describe(TypeOf(name))}; got '{text}'.";
            }
        }

        return null;
    }

    private static object? Parse(SqlParameterType type, string text) => type switch
    {
        SqlParameterType.Text => text,
        SqlParameterType.Integer
            when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number.ToString(CultureInfo.InvariantCulture) == text => number,
        SqlParameterType.Boolean when text is "true" or "false" => text == "true",
        SqlParameterType.Uuid when Guid.TryParseExact(text, "D", out var id) && id.ToString() == text => id,
        SqlParameterType.Date when DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        _ => null,
    };

    private static string Describe(SqlParameterType type) => type switch
    {
        SqlParameterType.Integer => "a 64-bit integer without leading zeros or a plus sign, such as 42",
        SqlParameterType.Boolean => "true or false",
        SqlParameterType.Uuid => "a UUID in lower-case letters, such as 0b0e6f2e-5d6c-4f0a-9f0c-6f4f6a0c2b11",
        SqlParameterType.Date => "a date, such as 2026-02-28",
        _ => "text",
    };
}

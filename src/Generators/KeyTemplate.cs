using System.Text.RegularExpressions;

namespace CacheOrleans.Generators;

/// <summary>The pattern of a key, parsed by the rules of <c>CacheKeyTemplate</c>, which is not available inside the
/// compiler.</summary>
internal sealed record KeyTemplate(string Text, IReadOnlyList<string> Names, string? Error)
{
    private const string NoParameter =
        "a parameter must be 1 to 64 letters (A-Z, a-z), digits or '_', and not begin with a digit";

    private static readonly Regex Parameter = new(@"\{([^{}]*)\}", RegexOptions.CultureInvariant);
    private static readonly Regex ParameterName =
        new(@"\A[A-Za-z_][A-Za-z0-9_]{0,63}\z", RegexOptions.CultureInvariant);

    private static readonly Regex CacheName = new(@"\A[A-Za-z0-9_.\-]+\z", RegexOptions.CultureInvariant);

    public static KeyTemplate Parse(string text)
    {
        List<string> names = [.. Parameter.Matches(text).Cast<Match>().Select(match => match.Groups[1].Value)];
        return new(text, names, Check(text, names) is { } error ? $"'{text}' is not a key template: {error}" : null);
    }

    /// <summary>Returns what is wrong with a cache's name, or null.</summary>
    public static string? CheckName(string name, int maxLength) =>
        name.Length <= maxLength && CacheName.IsMatch(name)
            ? null
            : $"a name must be 1 to {maxLength} letters (A-Z, a-z), digits, '_', '-' or '.'";

    private static string? Check(string text, List<string> names)
    {
        var literals = Parameter.Split(text).Where((_, index) => index % 2 == 0).ToList();
        return text.Trim().Length == 0 ? "it is empty"
            : literals.Any(literal => literal.IndexOfAny(['{', '}']) >= 0) ? "it contains an unmatched brace"
            : literals.Any(literal => literal.Any(c => c is <= ' ' or > '~' or '%'))
                ? "it has a character that is not printable ASCII, or '%'"
            : literals.Skip(1).Take(names.Count - 1).Any(literal => literal.All(IsLetterOrDigit))
                ? "two parameters need a separator such as ':' between them"
            : names.Any(name => !ParameterName.IsMatch(name)) ? NoParameter
            : names.Contains("version") ? "'version' is reserved for the version of a key"
            : names.Distinct().Count() < names.Count ? "it contains a parameter twice"
            : null;
    }

    private static bool IsLetterOrDigit(char c) =>
        c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9');
}

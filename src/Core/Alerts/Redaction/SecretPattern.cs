using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace CacheOrleans.Alerts;

/// <summary>Finds secrets that match a regular expression: its group <c>secret</c>, or the whole match if there is no
/// such group.</summary>
internal sealed class SecretPattern : ISecretFinder
{
    private const string Group = "secret";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private readonly Regex _regex;
    private readonly bool _hasGroup;

    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    public SecretPattern([StringSyntax(StringSyntaxAttribute.Regex)] string pattern, TimeSpan limit)
    {
        _regex = Make(pattern, limit);
        _hasGroup = _regex.GetGroupNames().Contains(Group);
    }

    /// <exception cref="RegexMatchTimeoutException">The search takes too long.</exception>
    public void Find(string text, SecretSpans secrets) =>
        // Not Matches, which applies the time limit to each match; Replace applies it to all of them together.
        _regex.Replace(text, match =>
        {
            var secret = _hasGroup ? match.Groups[Group] : match;
            secrets.Add(secret.Index, secret.Index + secret.Length);
            return string.Empty;
        });

    /// <summary>Creates an expression that takes linear time if the pattern permits it; some constructs, such as
    /// lookahead, do not.</summary>
    /// <remarks>.NET 10 loses the groups of a linear expression with <c>\z</c> if the text ends with a line break.
    /// </remarks>
    private static Regex Make(string pattern, TimeSpan limit)
    {
        if (pattern.Contains(@"\z", StringComparison.Ordinal))
        {
            return new Regex(pattern, Options, limit);
        }

        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, limit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, limit);
        }
    }
}

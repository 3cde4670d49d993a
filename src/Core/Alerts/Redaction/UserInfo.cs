using System.Text.RegularExpressions;

namespace CacheOrleans.Alerts;

/// <summary>Finds the user info of URLs: <c>redis://user:password@host</c>.</summary>
/// <remarks>
/// A password that should have been encoded may contain a character that ends a URL's authority. So if the authority
/// cannot be hosts and ports, the text before the last <c>@</c> is treated as user info. Without an <c>@</c>, the URL
/// was cut off, and the whole rest is treated as user info.
/// </remarks>
internal sealed class UserInfo : ISecretFinder
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly Regex Beginnings = new(@":\\?/\\?/", Options);

    /// <summary>Matches hosts with their ports; punctuation of the surrounding text may follow.</summary>
    private static readonly Regex Hosts = new(
        @"^(?:(?:(?:\[[0-9a-f:.%]*\]|[^:\[\],;|@]+)(?::[0-9]{0,5})?)?[.)\]}'!:]*(?:[,;|]|\z))*\z", Options);

    public void Find(string text, SecretSpans secrets)
    {
        var (end, at) = (0, -1);
        foreach (Match beginning in Beginnings.Matches(text))
        {
            var start = beginning.Index + beginning.Length;
            if (start >= end)
            {
                end = EndOf(text, start);
                at = text.LastIndexOf('@', end - 1, end - start);
            }

            var rest = text.AsSpan(start, end - start);
            var authority = rest.IndexOfAny('/', '?', '#') is >= 0 and var length ? rest[..length] : rest;
            if (!Hosts.IsMatch(authority))
            {
                secrets.Add(start, at >= start ? at : end);
            }
        }
    }

    private static int EndOf(string text, int start)
    {
        var at = start;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('"' or '<' or '>')
            && !(text[at] is '\'' or '`' && SecretValue.IsAfterValue(text, at + 1)))
        {
            at++;
        }

        return at;
    }
}

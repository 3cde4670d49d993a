using System.Text.RegularExpressions;

namespace CacheOrleans.Alerts;

/// <summary>Finds secrets by the name in front of them, in connection strings, JSON, headers, query strings and text.
/// </summary>
/// <remarks>A name may be the end of a longer one: <c>RedisPassword</c>, <c>AWS_SECRET_ACCESS_KEY</c>.</remarks>
internal sealed class NamedSecrets : ISecretFinder
{
    /// <summary>Matches the names. An assembly's <c>PublicKeyToken</c> is matched too, so that its end is not mistaken
    /// for a name.</summary>
    private static readonly Regex Names = new(
        "publickeytoken"
            + @"|(?:(?<line>authorization|cookie)"
            + "|(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credential|access[-_. ]?signature"
            + "|(?:api|access|account|private|secret|signing|encryption|master|subscription|functions?)[-_. ]?key)"
            + @"(?:[-_. ]?(?:value|text|hash|[0-9]{1,3}))?s?)"
            + @"[""'\]\\]*[ \t]*[=:]{1,2}>?[ \t]*"
            + @"|(?:\b|u0026)sig(?:nature)?=|(?:[?&]|u0026)(?:key|code|auth)=",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The schemes whose headers <see cref="KnownForms"/> finds; the rest of such a line is not secret.
    /// </summary>
    private static readonly string[] OneTokenSchemes = ["bearer ", "basic ", "negotiate ", "ntlm ", "apikey "];

    public void Find(string text, SecretSpans secrets)
    {
        // The end of the last value in each kind of surroundings: if it extends over the next name, both values end
        // at the same place.
        Span<int> known = stackalloc int[Enum.GetValues<ValueSurroundings>().Length];
        foreach (Match match in Names.Matches(text))
        {
            var start = match.Index + match.Length;
            if (match.ValueSpan.EndsWith("publickeytoken", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var surroundings = SecretValue.SurroundingsOf(text, match.Index, start, match.Groups["line"].Success);
            if (surroundings == ValueSurroundings.Header && IsOneToken(text.AsSpan(start)))
            {
                continue;
            }

            if (SecretValue.TryUnquote(text, start, out var value, out var next))
            {
                secrets.Add(value.Start, value.End);
                continue;
            }

            ref var end = ref known[(int)surroundings];
            end = next < end ? end : SecretValue.UnquotedEnd(text, next, surroundings);
            secrets.Add(start, end);
        }
    }

    private static bool IsOneToken(ReadOnlySpan<char> value)
    {
        foreach (var scheme in OneTokenSchemes)
        {
            if (value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

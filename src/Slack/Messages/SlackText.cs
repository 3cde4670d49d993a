using System.Globalization;
using System.Text;

namespace CacheOrleans.Slack.Messages;

/// <summary>Prepares text for Slack: keeps characters whole, replaces unprintable ones, and limits the length.
/// </summary>
internal static class SlackText
{
    /// <summary>Returns the text as one line of at most <paramref name="length"/> UTF-16 characters.</summary>
    public static string Line(string text, int length) => Write(text, length, keepsLines: false, escapes: false);

    /// <summary>Returns the text with its line ends and tabs, in at most <paramref name="length"/> UTF-16 characters.
    /// </summary>
    public static string Lines(string text, int length) => Write(text, length, keepsLines: true, escapes: false);

    /// <summary>Returns the text with its line ends and tabs and with Slack's three control characters escaped, so that
    /// it creates no mention and no link. The result has at most <paramref name="length"/> UTF-16 characters.</summary>
    public static string Escaped(string text, int length) => Write(text, length, keepsLines: true, escapes: true);

    private static string Write(string text, int length, bool keepsLines, bool escapes)
    {
        var written = new StringBuilder();
        foreach (var rune in text.Trim().ReplaceLineEndings("\n").EnumerateRunes()) // half a character becomes U+FFFD
        {
            var shown = IsShown(rune, keepsLines) ? rune.ToString() : " ";
            var next = escapes ? Escape(shown) : shown;
            if (written.Length + next.Length > length)
            {
                break;
            }

            written.Append(next);
        }

        return written.ToString().TrimEnd();
    }

    private static bool IsShown(Rune rune, bool keepsLines) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => keepsLines && rune.Value is '\n' or '\t',
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => true,
    };

    private static string Escape(string character) => character switch
    {
        "&" => "&amp;",
        "<" => "&lt;",
        ">" => "&gt;",
        _ => character,
    };
}

using System.Text;

namespace CacheOrleans.Alerts;

/// <summary>Shortens text.</summary>
public static class TextCut
{
    private const char Ellipsis = '…';

    /// <summary>Returns the text's beginning, <paramref name="length"/> characters at most, with an ellipsis where
    /// something was left out.</summary>
    /// <remarks>The result is valid Unicode: no character that takes two is cut in half, and a half that has no other
    /// is replaced with U+FFFD.</remarks>
    public static string At(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (text.Length <= length)
        {
            return Valid(text);
        }

        if (length == 0)
        {
            return string.Empty;
        }

        var end = length - 1;
        if (end > 0 && char.IsSurrogatePair(text[end - 1], text[end]))
        {
            end--;
        }

        return Valid(text.AsSpan(0, end)) + Ellipsis;
    }

    private static string Valid(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.ToString());
        }

        return result.ToString();
    }
}

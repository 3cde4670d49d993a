using System.Text;

namespace CacheOrleans.Alerts;

/// <summary>Shortens text without breaking characters.</summary>
public static class TextCut
{
    private const char Ellipsis = '…';

    /// <summary>Returns the text's beginning, at most <paramref name="length"/> characters, with an ellipsis if it was
    /// cut.</summary>
    /// <remarks>The result is valid Unicode: no surrogate pair is cut in half, and an unpaired surrogate is replaced
    /// with U+FFFD.</remarks>
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

namespace CacheOrleans.Keys;

/// <summary>Decides whether a text can be written as UTF-8 and read back.</summary>
public static class UnicodeText
{
    /// <summary>Whether a text contains no half of a surrogate pair. UTF-8 encoders write the same replacement
    /// character for each of those, so different texts would become equal.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var half and >= 0)
        {
            if (half + 1 == text.Length || !char.IsSurrogatePair(text[half], text[half + 1]))
            {
                return false;
            }

            text = text[(half + 2)..];
        }

        return true;
    }
}

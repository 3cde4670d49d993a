using System.Text;

namespace CacheOrleans.Alerts;

/// <summary>Collects the secret parts of a text.</summary>
/// <remarks>Parts may overlap: each finder searches the whole text, so that no finder hides a part of another's secret
/// by removing its beginning.</remarks>
internal sealed class SecretSpans
{
    public const string Mark = "***";

    private readonly List<(int Start, int End)> _spans = [];

    public void Add(int start, int end)
    {
        if (end > start)
        {
            _spans.Add((start, end));
        }
    }

    /// <summary>Returns the text's first <paramref name="length"/> characters with a mark in place of each secret. A
    /// secret that begins within them is replaced whole.</summary>
    public string Replace(string text, int length)
    {
        var result = new StringBuilder(length);
        var at = 0;
        foreach (var (start, end) in Merged(text))
        {
            if (start >= length)
            {
                break;
            }

            result.Append(text, at, start - at).Append(Mark);
            at = end;
        }

        return result.Append(text, at, Math.Max(0, length - at)).ToString();
    }

    /// <summary>Joins parts that overlap or touch, including marks that the text already contains; otherwise marks
    /// would accumulate when a text is redacted twice.</summary>
    private List<(int Start, int End)> Merged(string text)
    {
        _spans.Sort();
        List<(int Start, int End)> merged = [];
        foreach (var span in _spans)
        {
            var (start, end) = span;
            if (merged.Count > 0 && start <= merged[^1].End)
            {
                start = merged[^1].Start;
                end = Math.Max(end, merged[^1].End);
                merged.RemoveAt(merged.Count - 1);
            }

            while (start > 0 && text[start - 1] == '*')
            {
                start--;
            }

            while (end < text.Length && text[end] == '*')
            {
                end++;
            }

            merged.Add((start, end));
        }

        return merged;
    }
}

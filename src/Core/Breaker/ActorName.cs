using System.Text;
using CacheOrleans.Alerts;

namespace CacheOrleans.Breaker;

/// <summary>Cleans the name of whoever makes a manual change: it is shown in logs, messages and answers.</summary>
internal static class ActorName
{
    /// <summary>How long a name may be.</summary>
    public const int MaxLength = 100;

    /// <summary>Returns the name as one line of printable text, or null if nothing printable is left.</summary>
    public static string? Clean(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var line = new StringBuilder();
        foreach (var rune in TextCut.At(name.Trim(), MaxLength).EnumerateRunes())
        {
            line.Append(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        return line.ToString();
    }
}

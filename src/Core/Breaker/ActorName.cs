using System.Text;
using CacheOrleans.Alerts;

namespace CacheOrleans.Breaker;

/// <summary>Cleans the name of the person or program that makes a manual change, because logs, alerts and HTTP
/// responses show it.</summary>
internal static class ActorName
{
    /// <summary>The longest name that is kept whole; a longer one is cut.</summary>
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

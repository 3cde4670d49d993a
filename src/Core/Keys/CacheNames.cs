using System.Buffers;

namespace CacheOrleans.Keys;

/// <summary>Decides which names caches and parameters may have.</summary>
internal static class CacheNames
{
    public const int MaxLength = 64;
    public const string ReservedParameter = "version";

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly SearchValues<char> ParameterChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Returns what is wrong with a cache name, or null.</summary>
    public static string? CheckName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(NameChars)
            ? null
            : $"A cache name is 1 to {MaxLength} letters (A-Z, a-z), digits, '_', '-' or '.'; got '{name}'.";

    /// <summary>Returns what is wrong with a parameter name, or null.</summary>
    public static string? CheckParameter(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength || name.ContainsAnyExcept(ParameterChars) || char.IsAsciiDigit(name[0]))
        {
            return $"A parameter name is 1 to {MaxLength} letters (A-Z, a-z), digits or '_', "
                + $"and does not begin with a digit; got '{name}'.";
        }

        return name.SequenceEqual(ReservedParameter)
            ? $"'{ReservedParameter}' is reserved: it names the version of a key, not a parameter."
            : null;
    }
}

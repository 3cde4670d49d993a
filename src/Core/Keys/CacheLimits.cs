using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace CacheOrleans.Keys;

/// <summary>Options that limit the size of the keys and values of every cache.</summary>
public sealed class CacheLimits
{
    /// <summary>The configuration section from which silos read these options.</summary>
    public const string SectionName = "Limits";

    /// <summary>The longest key, in characters of its canonical text.</summary>
    /// <value>The default value is 1024; 16 to 65,536.</value>
    [Range(16, 65_536)]
    public int MaxKeyLength { get; set; } = 1024;

    /// <summary>Whether a parameter's value may contain control characters, such as a line break.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AllowControlCharacters { get; set; }

    /// <summary>The largest value, in bytes.</summary>
    /// <value>The default value is 1,048,576 (1 MiB); 1 to 536,870,912 (512 MiB, Redis' own limit).</value>
    [Range(1, 536_870_912)]
    public int MaxValueBytes { get; set; } = 1024 * 1024;

    /// <summary>Returns which limit a key exceeds, or null if it exceeds none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="section">The section that the message names.</param>
    public string? Check(CacheKey key, string section = SectionName)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Text.Length > MaxKeyLength)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"A key of cache '{key.Name}' has {key.Text.Length} characters; the limit is {MaxKeyLength} "
                + $"({section}:{nameof(MaxKeyLength)}).");
        }

        if (!AllowControlCharacters)
        {
            foreach (var (name, value) in key.Parameters)
            {
                if (HasControl(value))
                {
                    return $"The parameter '{name}' of cache '{key.Name}' contains a control character "
                        + $"({section}:{nameof(AllowControlCharacters)} is false).";
                }
            }
        }

        return null;
    }

    /// <summary>Returns an error if a value is too large for a cache, or null.</summary>
    /// <param name="cache">The cache's name.</param>
    /// <param name="bytes">The size of the value.</param>
    /// <param name="section">The section that the message names.</param>
    public string? CheckValue(string cache, int bytes, string section = SectionName) => bytes <= MaxValueBytes
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"A value of cache '{cache}' has {bytes} bytes; the limit is {MaxValueBytes} "
            + $"({section}:{nameof(MaxValueBytes)}).");

    /// <summary>Whether <see cref="char.IsControl(char)"/> is true for any character.</summary>
    private static bool HasControl(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('\0', '\u001F') || text.ContainsAnyInRange('\u007F', '\u009F');
}

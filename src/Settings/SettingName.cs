using System.Text.RegularExpressions;

namespace CacheOrleans.Settings;

/// <summary>Puts the full name of a setting into the messages of .NET's validation, which name only a property.
/// </summary>
public static partial class SettingName
{
    /// <summary>Rewrites a message such as <c>The field AlertOptions.Cooldown must be …</c>.</summary>
    /// <param name="section">The section of the property.</param>
    /// <param name="message">The message; a message of another form is returned unchanged.</param>
    public static string Complete(string section, string message)
    {
        if (Property().Match(message) is not { Success: true } property)
        {
            return message;
        }

        var rest = message[(property.Index + property.Length)..].TrimEnd('\'', '.');
        return $"{section}:{property.Groups["name"].Value}{rest}.";
    }

    [GeneratedRegex(@"^.*?The (field )?(\w+\.)?(?<name>\w+)(?= (must|field))")]
    private static partial Regex Property();
}

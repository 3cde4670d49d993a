using System.Reflection;
using CacheOrleans.Settings;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Startup;

/// <summary>Checks the settings on the command line, because .NET ignores arguments that it does not know.</summary>
internal static class SettingArguments
{
    private static readonly string[] Options = ["help", "version"];

    /// <summary>The settings that ASP.NET Core reads, besides the sections of CacheOrleans.</summary>
    private static readonly string[] OfAspNet =
    [
        "AllowedHosts", "hostBuilder", "Kestrel", "Logging",
        .. typeof(WebHostDefaults).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(key => key.GetValue(null)).OfType<string>(),
    ];

    /// <summary>Returns the error of the first argument that is not a setting; null if all are settings.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="commands">The commands that the user may have meant.</param>
    public static string? Check(IReadOnlyList<string> arguments, IReadOnlyList<string> commands)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var prefix = Prefix(argument);
            var name = argument[prefix.Length..].Split('=')[0];
            var hasValue = argument.Contains('=');
            if (prefix.Length == 0 && !hasValue)
            {
                return Wrong($"'{argument}' is neither a command nor a setting", argument, "", commands);
            }

            if (prefix == "-" || !IsSetting(name))
            {
                return Wrong(
                    $"'{prefix}{name}' is not a setting",
                    name,
                    prefix.StartsWith('-') ? "--" : prefix,
                    [.. Options, .. SettingSection.All.SelectMany(section => section.Names)]);
            }

            if (!hasValue && ++i == arguments.Count)
            {
                return $"'{argument}' has no value.";
            }
        }

        return null;
    }

    private static string Prefix(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) ? "--"
        : argument.StartsWith('/') ? "/"
        : argument.StartsWith('-') ? "-"
        : "";

    /// <remarks>Only the first part of the name is checked; the rest is checked where the section is read.</remarks>
    private static bool IsSetting(string name) =>
        OfAspNet.Concat(SettingSection.All.SelectMany(section => section.Names))
            .Select(known => known.Split(':')[0])
            .Contains(name.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    private static string Wrong(string what, string name, string prefix, IEnumerable<string> names) =>
        NearestName.Of(name, names) is { } nearest ? $"{what}; did you mean {prefix}{nearest}?" : $"{what}.";
}

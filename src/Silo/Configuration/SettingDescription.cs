using System.Collections;
using System.Globalization;
using CacheOrleans.Settings;

namespace CacheOrleans.Silo.Configuration;

/// <summary>Describes a setting as the type that it is bound to documents it.</summary>
/// <param name="Name">The full name of the setting.</param>
/// <param name="Default">The value in a new instance of the type; null if there is none, or if the meaning states it.
/// </param>
/// <param name="Meaning">The type's documentation of the setting, including its bounds.</param>
internal sealed record SettingDescription(string Name, string? Default, string Meaning)
{
    /// <summary>All settings of CacheOrleans.</summary>
    public static IEnumerable<SettingDescription> All => SettingSection.All.SelectMany(Of);

    private static IEnumerable<SettingDescription> Of(SettingSection section)
    {
        var defaults = Activator.CreateInstance(section.Options);
        foreach (var property in StrictSettings.Properties(section.Options))
        {
            var name = section.NameOf(property.Name);
            yield return new(name, Text(property.GetValue(defaults)), PropertyDocumentation.Of(property));
            if (property.PropertyType.GenericTypeArguments is [_, { IsClass: true } named])
            {
                foreach (var setting in Of(new($"{name}:{{name}}", named)))
                {
                    yield return setting;
                }
            }
        }
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        TimeSpan { Ticks: var ticks } span when ticks % TimeSpan.TicksPerSecond != 0 => span.ToString("c").TrimEnd('0'),
        TimeSpan span => span.ToString("c"),
        string text => text,
        IEnumerable => null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

using System.Collections;
using System.Globalization;
using CacheOrleans.Settings;

namespace CacheOrleans.Silo.Configuration;

/// <summary>What a setting is, from the type that it is bound to.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Default">The value that the type has; null: none, or the meaning says it.</param>
/// <param name="Meaning">What the type's documentation says of it, its bounds included.</param>
internal sealed record SettingDescription(string Name, string? Default, string Meaning)
{
    /// <summary>Every setting that is ours.</summary>
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

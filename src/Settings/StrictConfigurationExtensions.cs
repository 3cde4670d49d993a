using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Settings;

/// <summary>Reads sections of a configuration strictly.</summary>
public static class StrictConfigurationExtensions
{
    /// <summary>Checks a section, as <see cref="StrictSettings"/> does, without reading it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="section">The section's path.</param>
    /// <param name="options">The type that the section is bound to.</param>
    /// <param name="others">Names in the section that other code reads.</param>
    /// <returns>The time spans, by their paths in the section, in the form that binding reads.</returns>
    /// <exception cref="FormatException">A name is unknown, or a time span does not state its unit; the message has the
    /// full name of the setting.</exception>
    public static Dictionary<string, string?> CheckStrictly(
        this IConfiguration configuration, string section, Type options, params string[] others)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return StrictSettings.Check(
            section, configuration.GetSection(section).AsEnumerable(makePathsRelative: true), options, others);
    }

    /// <summary>Sets options to the values of a section; options without a value in the section stay unchanged.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="section">The section's path.</param>
    /// <param name="options">The options.</param>
    /// <param name="others">Names in the section that other code reads.</param>
    /// <exception cref="FormatException">A name is unknown, or a time span does not state its unit; the message has the
    /// full name of the setting.</exception>
    /// <exception cref="InvalidOperationException">A value is not of the setting's type; the message has the full name.
    /// </exception>
    public static void BindStrictly(
        this IConfiguration configuration, string section, object options, params string[] others)
    {
        ArgumentNullException.ThrowIfNull(options);
        var spans = configuration.CheckStrictly(section, options.GetType(), others);
        var texts = configuration.GetSection(section).AsEnumerable().Where(setting => setting.Value is not null);
        new ConfigurationBuilder()
            .AddInMemoryCollection(texts)
            .AddInMemoryCollection(spans.Select(span => KeyValuePair.Create($"{section}:{span.Key}", span.Value)))
            .Build()
            .GetSection(section) // so that binding errors name the full path
            .Bind(options);
    }
}

using CacheOrleans.Definitions;
using CacheOrleans.Settings;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Grains.Registration;

/// <summary>Reads the caches that are declared under <c>Caches</c> in configuration.</summary>
internal static class ConfiguredCaches
{
    /// <summary>Reads all of them.</summary>
    /// <exception cref="FormatException">A setting's name is unknown, or a time has no unit; the message has the
    /// setting's full name.</exception>
    /// <exception cref="InvalidOperationException">A setting is missing or invalid; the message has the setting's full
    /// name.</exception>
    public static IEnumerable<CacheDefinition> Read(IConfiguration configuration) =>
        configuration.GetSection(CacheSettings.SectionName).GetChildren()
            .Select(section => ReadOne(configuration, section));

    private static CacheDefinition ReadOne(IConfiguration configuration, IConfigurationSection section)
    {
        try
        {
            var settings = new CacheSettings();
            configuration.BindStrictly(section.Path, settings, others: CacheSettings.FallbackSection);
            var definition = new CacheDefinition(
                section.Key,
                settings.Key ?? throw Missing(section, nameof(settings.Key)),
                settings.TimeToLive ?? throw Missing(section, nameof(settings.TimeToLive)));
            return new CacheDefinition(definition.Name, definition.Template.Text, definition.TimeToLive)
            {
                NotFoundTimeToLive = settings.NotFoundTimeToLive ?? definition.NotFoundTimeToLive,
                FallbackTimeout = settings.FallbackTimeout ?? definition.FallbackTimeout,
                ContentType = settings.ContentType ?? definition.ContentType,
            };
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"{section.Path}: {exception.Message}", exception);
        }
    }

    private static ArgumentException Missing(IConfigurationSection section, string setting) =>
        new($"'{section.Path}:{setting}' is missing.");
}

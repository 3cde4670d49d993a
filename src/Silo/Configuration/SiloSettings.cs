using System.ComponentModel.DataAnnotations;
using CacheOrleans.Settings;
using CacheOrleans.Tls;

namespace CacheOrleans.Silo.Configuration;

/// <summary>The settings that are needed to build the host.</summary>
internal sealed record SiloSettings(
    OrleansSettings Orleans,
    EmbeddedSettings Embedded,
    HttpSettings Http,
    GuardSettings Guard,
    ListenAddresses Listen,
    ClusterTls? Tls,
    string? Redis,
    string? Membership)
{
    /// <summary>Whether reads over HTTP need a key.</summary>
    public bool ReadsNeedKey => Http.ReadsNeedKey ?? Listen.IsExposed;

    /// <exception cref="ValidationException">A setting is out of range; the message has its path.</exception>
    public static SiloSettings Read(IConfiguration configuration) => new(
        Section<OrleansSettings>(configuration, OrleansSettings.SectionName),
        Section<EmbeddedSettings>(configuration, EmbeddedSettings.SectionName),
        Section<HttpSettings>(configuration, HttpSettings.SectionName),
        Section<GuardSettings>(configuration, GuardSettings.SectionName),
        ListenAddresses.Read(configuration),
        ClusterTls.ReadForSilo(configuration),
        ConnectionString(configuration, "Redis"),
        ConnectionString(configuration, "Membership"));

    private static string? ConnectionString(IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static T Section<T>(IConfiguration configuration, string name)
        where T : class, new()
    {
        var settings = new T();
        configuration.BindStrictly(
            name, settings, SettingSection.All.First(section => section.Options == typeof(T)).Others);
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), results, true))
        {
            throw new ValidationException(
                string.Join(" ", results.Select(result => SettingName.Complete(name, result.ErrorMessage!))));
        }

        return settings;
    }
}

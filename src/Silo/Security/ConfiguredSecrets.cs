using System.Data.Common;
using CacheOrleans.Alerts;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Security;

/// <summary>Collects the secrets in the configuration, which no alert may reveal: the keys of the HTTP API, and the
/// passwords in connection strings.</summary>
internal static class ConfiguredSecrets
{
    public static IServiceCollection AddConfiguredSecrets(
        this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var secret in Read(configuration))
        {
            services.AddSingleton(new AlertSecret(secret));
        }

        return services;
    }

    public static IEnumerable<string> Read(IConfiguration configuration)
    {
        var keys = configuration.GetSection($"{HttpSettings.SectionName}:{nameof(HttpSettings.Keys)}").GetChildren()
            .Select(key => key[nameof(HttpKey.Key)]);
        var passwords = configuration.GetSection("ConnectionStrings").GetChildren()
            .Select(section => section.Value)
            .OfType<string>()
            .SelectMany(text => Settings(text).Concat(RedisSettings(text)))
            .Where(setting => IsPassword(setting.Name))
            .Select(setting => setting.Value);
        return keys.Concat(passwords).OfType<string>()
            .Where(secret => !string.IsNullOrWhiteSpace(secret))
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>Returns the settings of a database connection string, such as <c>Host=db;Password="a;b"</c>.</summary>
    private static IEnumerable<(string Name, string? Value)> Settings(string text)
    {
        var settings = new DbConnectionStringBuilder();
        try
        {
            settings.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            return []; // of another format, such as that of Redis; or malformed, which its user will report
        }

        return settings.Keys.Cast<string>().Select(name => (name, settings[name].ToString()));
    }

    /// <summary>Returns the settings of a Redis connection string, such as <c>redis:6379,password=a;b</c>.</summary>
    private static IEnumerable<(string Name, string? Value)> RedisSettings(string text) => text
        .Split(',')
        .Select(setting => setting.Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(setting => setting.Length == 2)
        .Select(setting => (setting[0], (string?)setting[1]));

    private static bool IsPassword(string name) =>
        (name.EndsWith("password", StringComparison.OrdinalIgnoreCase) && !name.Contains(','))
        || name.Equals("pwd", StringComparison.OrdinalIgnoreCase)
        || name.Equals("psw", StringComparison.OrdinalIgnoreCase);
}

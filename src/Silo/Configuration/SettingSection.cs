using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Keys;
using CacheOrleans.Redis;
using CacheOrleans.Settings;
using CacheOrleans.Slack;
using CacheOrleans.Sql;
using CacheOrleans.Tls;

namespace CacheOrleans.Silo.Configuration;

/// <summary>A section of the configuration, and the type that it is bound to.</summary>
/// <param name="Path">The path of the section; <c>{name}</c> stands for a name that the operator chooses.</param>
/// <param name="Options">The type that the section is bound to.</param>
/// <param name="IsOpen">Whether the section may have other settings too.</param>
internal sealed record SettingSection(string Path, Type Options, bool IsOpen = false)
{
    /// <summary>All sections of CacheOrleans.</summary>
    public static readonly IReadOnlyList<SettingSection> All =
    [
        new(string.Empty, typeof(HostSettings), IsOpen: true),
        new(ConnectionStringSettings.SectionName, typeof(ConnectionStringSettings), IsOpen: true),
        new($"{CacheSettings.SectionName}:{{name}}", typeof(CacheSettings)),
        new($"{CacheSettings.SectionName}:{{name}}:{SqlFallbackSettings.SectionName}", typeof(SqlFallbackSettings)),
        new(OrleansSettings.SectionName, typeof(OrleansSettings)),
        new(ClusterTlsOptions.SectionName, typeof(ClusterTlsOptions)),
        new(EmbeddedSettings.SectionName, typeof(EmbeddedSettings)),
        new(HttpSettings.SectionName, typeof(HttpSettings)),
        new(RedisOptions.SectionName, typeof(RedisOptions)),
        new(WriteBehindOptions.SectionName, typeof(WriteBehindOptions)),
        new(BreakerPresetOptions.SectionName, typeof(BreakerPresetOptions), IsOpen: true),
        new(BreakerOptions.SectionName, typeof(BreakerOptions)),
        new(AlertOptions.SectionName, typeof(AlertOptions)),
        new(SlackOptions.SectionName, typeof(SlackOptions)),
        new(CacheLimits.SectionName, typeof(CacheLimits)),
        new(CacheEntryOptions.SectionName, typeof(CacheEntryOptions)),
        new(SqlFallbackOptions.SectionName, typeof(SqlFallbackOptions)),
        new(GuardSettings.SectionName, typeof(GuardSettings)),
    ];

    /// <summary>Checks all sections before any is read, so that all errors are reported at once.</summary>
    /// <exception cref="FormatException">A name is unknown, or a time span has no unit; the message has the full names
    /// of all such settings.</exception>
    public static void CheckAll(IConfiguration configuration)
    {
        var errors = new List<string>();
        foreach (var section in All.Where(section => !section.IsOpen))
        {
            foreach (var path in section.Paths(configuration))
            {
                try
                {
                    configuration.CheckStrictly(path, section.Options, section.Others);
                }
                catch (FormatException exception)
                {
                    errors.Add(exception.Message);
                }
            }
        }

        if (errors.Count > 0)
        {
            throw new FormatException(string.Join(" ", errors));
        }
    }

    /// <summary>The names that the section may also have: settings of other types, subsections, and settings that
    /// Orleans itself reads.</summary>
    public string[] Others =>
    [
        .. All.Where(other => other.Path == Path && other != this)
            .SelectMany(other => StrictSettings.Properties(other.Options).Select(property => property.Name)),
        .. All.Where(other => other.Path.StartsWith(Path + ":", StringComparison.Ordinal))
            .Select(other => other.Path[(Path.Length + 1)..].Split(':')[0]),
        .. Path == OrleansSettings.SectionName ? OrleansSection.NamesOfOrleans : [],
    ];

    /// <summary>The full names of the section's settings.</summary>
    public IEnumerable<string> Names =>
        StrictSettings.Properties(Options).Select(property => NameOf(property.Name));

    /// <summary>Returns the full name of one of the section's settings.</summary>
    public string NameOf(string property) => Path.Length == 0 ? property : $"{Path}:{property}";

    /// <summary>Returns the path once for every name in the configuration.</summary>
    private IEnumerable<string> Paths(IConfiguration configuration) => Path.Split("{name}") is [var before, var after]
        ? configuration.GetSection(before.TrimEnd(':')).GetChildren().Select(child => child.Path + after)
        : [Path];
}

using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Entries;
using CacheOrleans.Keys;
using CacheOrleans.Redis;
using CacheOrleans.Settings;
using CacheOrleans.Slack;
using CacheOrleans.Sql;
using CacheOrleans.Tls;

namespace CacheOrleans.Silo.Configuration;

/// <summary>Checks the sections that are ours before anything is bound to them.</summary>
internal static class StrictSections
{
    /// <summary>What Orleans itself reads in its section.</summary>
    private static readonly string[] OfOrleans =
    [
        "Tls", "Name", "Endpoints", "Clustering", "GrainDirectory", "GrainStorage", "Reminders", "Streaming",
        "BroadcastChannel", "Dashboard", "EnableDistributedTracing",
    ];

    private static readonly (string Section, Type Options, string[] Others)[] Sections =
    [
        (OrleansSettings.SectionName, typeof(OrleansSettings), OfOrleans),
        (ClusterTlsOptions.SectionName, typeof(ClusterTlsOptions), []),
        (EmbeddedSettings.SectionName, typeof(EmbeddedSettings), []),
        (HttpSettings.SectionName, typeof(HttpSettings), []),
        (GuardSettings.SectionName, typeof(GuardSettings), []),
        (RedisOptions.SectionName, typeof(RedisOptions), []),
        (WriteBehindOptions.SectionName, typeof(WriteBehindOptions), []),
        (CacheLimits.SectionName, typeof(CacheLimits), []),
        (CacheEntryOptions.SectionName, typeof(CacheEntryOptions), []),
        (BreakerOptions.SectionName, typeof(BreakerOptions), ["Preset"]),
        (AlertOptions.SectionName, typeof(AlertOptions), ["Slack"]),
        (SlackOptions.SectionName, typeof(SlackOptions), []),
        (SqlFallbackOptions.SectionName, typeof(SqlFallbackOptions), []),
    ];

    /// <summary>Where options are read from; null for options that are not in this table.</summary>
    public static string? SectionOf(Type options) =>
        Sections.FirstOrDefault(section => section.Options == options).Section;

    /// <summary>Checks the sections, and puts time spans into the form that binding reads as they are meant.</summary>
    /// <exception cref="FormatException">A name is unknown, or a time span is not one; the message has the setting.
    /// </exception>
    public static void Normalize(ConfigurationManager configuration)
    {
        var errors = new List<string>();
        var spans = new Dictionary<string, string?>();
        foreach (var (section, options, others) in Sections)
        {
            Read(section, options, others);
        }

        foreach (var cache in configuration.GetSection("Caches").GetChildren())
        {
            // Its other settings are checked where the cache is made.
            var times = typeof(CacheTimes).GetProperties().Select(property => property.Name);
            var names = cache.GetChildren().Select(setting => setting.Key);
            Read(cache.Path, typeof(CacheTimes), [.. names.Except(times, StringComparer.OrdinalIgnoreCase)]);
        }

        if (errors.Count > 0)
        {
            throw new FormatException(string.Join(" ", errors));
        }

        configuration.AddInMemoryCollection(spans);

        void Read(string section, Type options, string[] others)
        {
            try
            {
                var settings = configuration.GetSection(section).AsEnumerable(makePathsRelative: true);
                foreach (var (path, span) in StrictSettings.Check(section, settings, options, others))
                {
                    spans[$"{section}:{path}"] = span;
                }
            }
            catch (FormatException exception)
            {
                errors.Add(exception.Message);
            }
        }
    }

    /// <summary>The times of a cache.</summary>
    private sealed class CacheTimes
    {
        public TimeSpan TimeToLive { get; set; }

        public TimeSpan NotFoundTimeToLive { get; set; }

        public TimeSpan FallbackTimeout { get; set; }
    }
}

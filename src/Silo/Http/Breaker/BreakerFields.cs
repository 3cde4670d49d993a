using CacheOrleans.Breaker;

namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>The breaker's settings as HTTP names them.</summary>
internal static class BreakerFields
{
    public static readonly IReadOnlyList<BreakerField> All =
    [
        new("threshold", nameof(BreakerOptions.Threshold), settings => settings.Threshold,
            (change, value) => change with { Threshold = (int)value }),
        new("windowSeconds", nameof(BreakerOptions.Window), settings => settings.Window.TotalSeconds,
            (change, value) => change with { Window = TimeSpan.FromSeconds(value) }),
        new("distinctNames", nameof(BreakerOptions.DistinctNames), settings => settings.DistinctNames,
            (change, value) => change with { DistinctNames = (int)value }),
        new("quorum", nameof(BreakerOptions.Quorum), settings => settings.Quorum,
            (change, value) => change with { Quorum = (int)value }),
        new("breakSeconds", nameof(BreakerOptions.Break), settings => settings.Break.TotalSeconds,
            (change, value) => change with { Break = TimeSpan.FromSeconds(value) }),
        new("growth", nameof(BreakerOptions.Growth), settings => settings.Growth,
            (change, value) => change with { Growth = value }),
        new("maxBreakSeconds", nameof(BreakerOptions.MaxBreak), settings => settings.MaxBreak.TotalSeconds,
            (change, value) => change with { MaxBreak = TimeSpan.FromSeconds(value) },
            alsoMust: ", and no less than breakSeconds"),
        new("jitter", nameof(BreakerOptions.Jitter), settings => settings.Jitter,
            (change, value) => change with { Jitter = value }),
        new("permits", nameof(BreakerOptions.Permits), settings => settings.Permits,
            (change, value) => change with { Permits = (int)value }),
        new("permitSeconds", nameof(BreakerOptions.PermitLife), settings => settings.PermitLife.TotalSeconds,
            (change, value) => change with { PermitLife = TimeSpan.FromSeconds(value) }),
        new("successes", nameof(BreakerOptions.Successes), settings => settings.Successes,
            (change, value) => change with { Successes = (int)value }),
    ];

    /// <summary>The names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(field => field.Name));

    /// <summary>All settings, by name.</summary>
    public static IReadOnlyDictionary<string, double> View(BreakerOptions settings) =>
        All.ToDictionary(field => field.Name, field => field.Read(settings));

    /// <summary>Says in the names and units of HTTP which settings are not valid.</summary>
    public static Dictionary<string, string[]> Errors(BreakerSettingsException exception) =>
        exception.Errors.ToDictionary(
            error => All.FirstOrDefault(field => field.Setting == error.Key)?.Name ?? error.Key,
            error => new[] { All.FirstOrDefault(field => field.Setting == error.Key)?.Explain() ?? error.Value });
}

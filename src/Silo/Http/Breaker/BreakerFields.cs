using CacheOrleans.Breaker;

namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>The breaker's settings as the HTTP API names them.</summary>
internal static class BreakerFields
{
    public static readonly IReadOnlyList<BreakerField> All =
    [
        new("failureThreshold", nameof(BreakerOptions.FailureThreshold), settings => settings.FailureThreshold,
            (change, value) => change with { FailureThreshold = (int)value }),
        new("samplingDurationSeconds", nameof(BreakerOptions.SamplingDuration),
            settings => settings.SamplingDuration.TotalSeconds,
            (change, value) => change with { SamplingDuration = TimeSpan.FromSeconds(value) }),
        new("minimumCaches", nameof(BreakerOptions.MinimumCaches), settings => settings.MinimumCaches,
            (change, value) => change with { MinimumCaches = (int)value }),
        new("quorum", nameof(BreakerOptions.Quorum), settings => settings.Quorum,
            (change, value) => change with { Quorum = (int)value }),
        new("breakDurationSeconds", nameof(BreakerOptions.BreakDuration),
            settings => settings.BreakDuration.TotalSeconds,
            (change, value) => change with { BreakDuration = TimeSpan.FromSeconds(value) }),
        new("backoffMultiplier", nameof(BreakerOptions.BackoffMultiplier), settings => settings.BackoffMultiplier,
            (change, value) => change with { BackoffMultiplier = value }),
        new("maxBreakDurationSeconds", nameof(BreakerOptions.MaxBreakDuration),
            settings => settings.MaxBreakDuration.TotalSeconds,
            (change, value) => change with { MaxBreakDuration = TimeSpan.FromSeconds(value) },
            alsoMust: ", and no less than breakDurationSeconds"),
        new("jitter", nameof(BreakerOptions.Jitter), settings => settings.Jitter,
            (change, value) => change with { Jitter = value }),
        new("maxConcurrentProbes", nameof(BreakerOptions.MaxConcurrentProbes), settings => settings.MaxConcurrentProbes,
            (change, value) => change with { MaxConcurrentProbes = (int)value }),
        new("probeTimeoutSeconds", nameof(BreakerOptions.ProbeTimeout), settings => settings.ProbeTimeout.TotalSeconds,
            (change, value) => change with { ProbeTimeout = TimeSpan.FromSeconds(value) }),
        new("probesToClose", nameof(BreakerOptions.ProbesToClose), settings => settings.ProbesToClose,
            (change, value) => change with { ProbesToClose = (int)value }),
    ];

    /// <summary>The names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(field => field.Name));

    /// <summary>All settings, by name.</summary>
    public static IReadOnlyDictionary<string, double> View(BreakerOptions settings) =>
        All.ToDictionary(field => field.Name, field => field.Read(settings));

    /// <summary>Returns the errors of invalid settings, in the names and units of the HTTP API.</summary>
    public static Dictionary<string, string[]> Errors(BreakerSettingsException exception) =>
        exception.Errors.ToDictionary(
            error => All.FirstOrDefault(field => field.Setting == error.Key)?.Name ?? error.Key,
            error => new[] { All.FirstOrDefault(field => field.Setting == error.Key)?.Explain() ?? error.Value });
}

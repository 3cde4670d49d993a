using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Which settings of the circuit breaker the others change.</summary>
public sealed class BreakerPresetOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = BreakerOptions.SectionName;

    /// <summary>The settings to begin with: <c>Cluster</c>, or <c>Simple</c>, a breaker without quorum and probes whose
    /// breaks do not grow.</summary>
    /// <value>The default value is <c>Cluster</c>.</value>
    public string Preset { get; set; } = "Cluster";
}

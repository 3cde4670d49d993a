using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The preset of the circuit breaker, which its other settings override.</summary>
public sealed class BreakerPresetOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = BreakerOptions.SectionName;

    /// <summary>The defaults of the other settings: <c>Cluster</c>, or <c>Simple</c> for a breaker that needs no
    /// quorum, makes no probes, and whose breaks do not grow.</summary>
    /// <value>The default value is <c>Cluster</c>.</value>
    public string Preset { get; set; } = "Cluster";
}

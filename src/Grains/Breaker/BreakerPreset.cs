using CacheOrleans.Breaker;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The named sets of settings to begin with.</summary>
internal static class BreakerPreset
{
    /// <summary>Where configuration names one; <c>Cluster</c> when it does not.</summary>
    public const string Path = BreakerPresetOptions.SectionName + ":" + nameof(BreakerPresetOptions.Preset);

    /// <summary>Returns the configured preset, or null when there is none of that name.</summary>
    public static BreakerOptions? Find(IConfiguration configuration) =>
        configuration[Path]?.ToUpperInvariant() switch
        {
            null or "CLUSTER" => new BreakerOptions(),
            "SIMPLE" => BreakerOptions.Simple,
            _ => null,
        };
}

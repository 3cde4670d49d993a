using CacheOrleans.Breaker;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The named sets of settings that the other settings override.</summary>
internal static class BreakerPreset
{
    /// <summary>The path of the setting that names a preset; without it, <c>Cluster</c> is used.</summary>
    public const string Path = BreakerPresetOptions.SectionName + ":" + nameof(BreakerPresetOptions.Preset);

    /// <summary>Returns the configured preset, or null if no preset has that name.</summary>
    public static BreakerOptions? Find(IConfiguration configuration) =>
        configuration[Path]?.ToUpperInvariant() switch
        {
            null or "CLUSTER" => new BreakerOptions(),
            "SIMPLE" => BreakerOptions.Simple,
            _ => null,
        };
}

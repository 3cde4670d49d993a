using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Caches;

/// <summary>A cache with what a client has for it, as far as its types do not matter.</summary>
internal abstract class BoundCache
{
    /// <summary>The cache's name in metrics.</summary>
    public abstract string Name { get; }

    /// <summary>Its counters.</summary>
    public ClientMeter Meter { get; } = new();

    /// <summary>Its copies; null while there are none.</summary>
    public abstract NearCache? Copies { get; }
}

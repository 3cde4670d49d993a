using CacheOrleans.Client.Near;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Caches;

/// <summary>A cache with what a client has for it, as far as its types do not matter.</summary>
internal abstract class ClientCache(ILogger logger)
{
    private bool _isRefused;

    /// <summary>The cache's name.</summary>
    public abstract string Name { get; }

    /// <summary>What the silos are told of the cache if they do not know it; null: it is not known here
    /// either.</summary>
    public abstract CacheDeclaration? Declaration { get; }

    /// <summary>The definition's fingerprint, which calls carry; zero: there is no definition.</summary>
    public abstract long Fingerprint { get; }

    /// <summary>Its counters.</summary>
    public ClientMeter Meter { get; } = new();

    /// <summary>Its copies; null while there are none.</summary>
    public abstract NearCache? Copies { get; }

    /// <summary>A silo does not take the definition, so that a fallback runs without it.</summary>
    public void OnRefused(ArgumentException refusal)
    {
        if (!Interlocked.Exchange(ref _isRefused, true))
        {
            logger.DefinitionRefused(Name, refusal.Message);
        }
    }
}

using CacheOrleans.Client.Near;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Caches;

/// <summary>A cache and its state in a client, independent of the types of keys and values.</summary>
internal abstract class ClientCache(ILogger logger)
{
    private bool _isRefused;

    /// <summary>The cache's name.</summary>
    public abstract string Name { get; }

    /// <summary>The declaration that is sent to silos that do not know the cache; null if this process has no
    /// definition either.</summary>
    public abstract CacheDeclaration? Declaration { get; }

    /// <summary>Returns the declaration for the silo of an owner that does not know the cache.</summary>
    /// <param name="key">The key's text.</param>
    /// <exception cref="ArgumentException">This process has no definition either.</exception>
    public CacheDeclaration DeclarationFor(string key) => Declaration ?? throw new ArgumentException(
        $"No silo knows the cache of '{key}', and this call has no definition to declare it with.");

    /// <summary>The fingerprint of the definition, which calls carry; zero: there is no definition.</summary>
    public abstract long Fingerprint { get; }

    /// <summary>The counters of the cache.</summary>
    public ClientMeter Meter { get; } = new();

    /// <summary>The copies of the cache; null while there are none.</summary>
    public abstract NearCache? Copies { get; }

    /// <summary>Called when a silo rejects the definition, so that a fallback runs without the silo.</summary>
    public void OnRefused(ArgumentException refusal)
    {
        if (!Interlocked.Exchange(ref _isRefused, true))
        {
            logger.DefinitionRefused(Name, refusal.Message);
        }
    }
}

namespace CacheOrleans.Client.Tests.Adapters;

/// <summary>The implementation that a contract test runs against.</summary>
public enum Implementation
{
    /// <summary>Microsoft's, over a Redis server: the reference.</summary>
    Microsoft,

    /// <summary>This project's, over silos.</summary>
    Cluster,
}

namespace CacheOrleans.Client.Tests.Adapters;

/// <summary>Whose cache a contract is held against.</summary>
public enum Implementation
{
    /// <summary>Microsoft's, over a Redis server: what is expected.</summary>
    Microsoft,

    /// <summary>This project's, over silos.</summary>
    Cluster,
}

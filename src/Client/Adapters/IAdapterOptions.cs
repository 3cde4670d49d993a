namespace CacheOrleans.Client.Adapters;

/// <summary>The options that all adapters have.</summary>
internal interface IAdapterOptions
{
    /// <summary>The name of the cache in the cluster.</summary>
    string? CacheName { get; set; }
}

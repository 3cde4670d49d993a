using CacheOrleans.Client.Caches;

namespace CacheOrleans.Client.Hybrid;

/// <summary>A call for a value that no copy has answered.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Key">The key.</param>
/// <param name="Terms">What the call asks for.</param>
/// <param name="Tags">The tags of what the factory makes, as the cluster has them.</param>
/// <param name="State">What the factory is given.</param>
/// <param name="Factory">Makes the value.</param>
internal sealed record HybridCall<TState, T>(
    BoundCache<string, T> Cache,
    string Key,
    HybridTerms Terms,
    string[] Tags,
    TState State,
    Func<TState, CancellationToken, ValueTask<T>> Factory);

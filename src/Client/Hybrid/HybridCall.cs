namespace CacheOrleans.Client.Hybrid;

/// <summary>A call for a value that no copy has answered.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Terms">What the call asks for.</param>
/// <param name="State">What the factory is given.</param>
/// <param name="Factory">Makes the value.</param>
internal sealed record HybridCall<TState, T>(
    HybridEntry<T> Entry, HybridTerms Terms, TState State, Func<TState, CancellationToken, ValueTask<T>> Factory);

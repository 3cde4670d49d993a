namespace CacheOrleans.Client.Hybrid;

/// <summary>A call for a value that no copy could answer.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Options">The options of the call.</param>
/// <param name="State">Passed to the factory.</param>
/// <param name="Factory">Makes the value.</param>
internal sealed record HybridCall<TState, T>(
    HybridEntry<T> Entry,
    HybridReadOptions Options,
    TState State,
    Func<TState, CancellationToken, ValueTask<T>> Factory)
{
    /// <summary>The key under which a load without the cluster is tracked, so that it is not confused with a load of
    /// the cluster's value or with one for other flags.</summary>
    public string LocalKey => $"{Entry.Text} without the cluster ({Options.Flags})";
}

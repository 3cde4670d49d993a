namespace CacheOrleans.Client.Hybrid;

/// <summary>A call for a value that no copy has answered.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Options">What the call asks for.</param>
/// <param name="State">What the factory is given.</param>
/// <param name="Factory">Makes the value.</param>
internal sealed record HybridCall<TState, T>(
    HybridEntry<T> Entry, HybridReadOptions Options, TState State, Func<TState, CancellationToken, ValueTask<T>> Factory)
{
    /// <summary>Tells a value that is made without the cluster from that of the cluster, and from what other flags
    /// make.</summary>
    public string LocalKey => $"{Entry.Text} without the cluster ({Options.Flags})";
}

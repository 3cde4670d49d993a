namespace CacheOrleans.Client.Connection;

/// <summary>A grain call that can be made more than once.</summary>
/// <typeparam name="TState">The type of <paramref name="State"/>.</typeparam>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="State">Passed to <paramref name="Call"/>.</param>
/// <param name="Call">Makes the call.</param>
internal readonly record struct OwnerCall<TState, T>(TState State, Func<ClusterLink, TState, Task<T>> Call);

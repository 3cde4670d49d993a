namespace CacheOrleans.Client.Connection;

/// <summary>A call of a grain that may be made more than once.</summary>
/// <typeparam name="TState">The type of <paramref name="State"/>.</typeparam>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="State">What <paramref name="Call"/> is given.</param>
/// <param name="Call">Makes the call.</param>
internal readonly record struct OwnerCall<TState, T>(TState State, Func<ClusterLink, TState, Task<T>> Call);

using CacheOrleans.Client.Caches;

namespace CacheOrleans.Client.Reads;

/// <summary>A call that reads one value.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Key">The key.</param>
/// <param name="Text">The key's canonical text.</param>
/// <param name="Options">How the value is read.</param>
/// <param name="State">Passed to the fallback.</param>
/// <param name="Fallback">Loads the value, with <see cref="EntryDemand.Leased"/>.</param>
internal readonly record struct ReadCall<TKey, TState, T>(
    ClientCache<TKey, T> Cache,
    TKey Key,
    string Text,
    ReadOptions Options,
    TState State,
    Func<TState, CancellationToken, ValueTask<T?>>? Fallback)
    where TKey : notnull;

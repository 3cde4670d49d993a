using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Batches;

/// <summary>A call that reads many values.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Options">How the values are read.</param>
/// <param name="Fallback">Loads some of the values, with <see cref="EntryDemand.Leased"/>.</param>
/// <param name="ReadSingle">Reads a single key whose value cannot be read here, so that only this value is
/// refused.</param>
internal sealed record BatchCall<TKey, T>(
    ClientCache<TKey, T> Cache,
    ReadOptions Options,
    Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>>? Fallback,
    Func<TKey, ValueTask<CacheResult<T>>> ReadSingle)
    where TKey : notnull;

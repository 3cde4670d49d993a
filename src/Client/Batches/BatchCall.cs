using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Batches;

/// <summary>A call for many values.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Options">How the values are read.</param>
/// <param name="Fallback">Loads some of them, with <see cref="EntryDemand.Leased"/>.</param>
/// <param name="ReadAlone">Reads one whose value cannot be read here: it alone is to be refused.</param>
internal sealed record BatchCall<TKey, T>(
    ClientCache<TKey, T> Cache,
    ReadOptions Options,
    Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>>? Fallback,
    Func<TKey, ValueTask<CacheResult<T>>> ReadAlone)
    where TKey : notnull;

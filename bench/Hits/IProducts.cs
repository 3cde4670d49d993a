using CacheOrleans.Bench.Stage;
using CacheOrleans.Client;

namespace CacheOrleans.Bench.Hits;

/// <summary>The decorated interface, with the client's own definition, so that both sides read the same
/// copies.</summary>
internal interface IProducts
{
    [CacheWithFallback(typeof(Products), nameof(Products.ById))]
    ValueTask<Product?> FindAsync(int id, CancellationToken cancellationToken = default);
}

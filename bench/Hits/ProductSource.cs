using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Hits;

/// <summary>The source of the products.</summary>
internal sealed class ProductSource : IProducts
{
    public ValueTask<Product?> FindAsync(int id, CancellationToken cancellationToken = default) =>
        new(Products.Make(id));
}

using CacheOrleans.Bench.Stage;

namespace CacheOrleans.Bench.Hits;

/// <summary>Where products come from.</summary>
internal sealed class ProductSource : IProducts
{
    public ValueTask<Product?> FindAsync(int id, CancellationToken cancellationToken = default) =>
        new(Products.Make(id));
}

using CacheOrleans.Shop.Data;
using Microsoft.EntityFrameworkCore;

namespace CacheOrleans.Shop.Catalog;

/// <summary>Finds products in the database, behind the decorator generated from <see cref="IProducts"/>.</summary>
internal sealed class Products(IDbContextFactory<ShopDatabase> databases) : IProducts
{
    public async ValueTask<Product?> FindAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Products.AsNoTracking()
            .SingleOrDefaultAsync(product => product.Id == id, cancellationToken);
    }
}

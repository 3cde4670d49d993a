using CacheOrleans.Shop.Catalog;
using CacheOrleans.Shop.Data;
using Microsoft.EntityFrameworkCore;

namespace CacheOrleans.Shop.Changes;

/// <summary>Changes the database, and removes the old values from the caches.</summary>
internal sealed class ShopChanges(
    IDbContextFactory<ShopDatabase> databases, StaleProducts staleProducts, TimeProvider time)
{
    public async Task<ChangeOutcome> SetPriceAsync(int id, decimal price, CancellationToken cancellationToken)
    {
        var isChanged = await TryChangeAsync(
            id,
            database => database.Products
                .Where(product => product.Id == id)
                .ExecuteUpdateAsync(rows => rows.SetProperty(product => product.Price, price), cancellationToken),
            cancellationToken);
        return isChanged ? ChangeOutcome.Done : ChangeOutcome.NoSuchProduct;
    }

    public async Task<ChangeOutcome> OrderAsync(int id, int quantity, CancellationToken cancellationToken)
    {
        var isChanged = await TryChangeAsync(
            id,
            database =>
            {
                database.Orders.Add(new Order(0, id, quantity, time.GetUtcNow()));
                return database.Stock
                    .Where(stock => stock.ProductId == id && stock.Count >= quantity)
                    .ExecuteUpdateAsync(
                        rows => rows.SetProperty(stock => stock.Count, stock => stock.Count - quantity),
                        cancellationToken);
            },
            cancellationToken);
        return isChanged ? ChangeOutcome.Done
            : await IsKnownAsync(id, cancellationToken) ? ChangeOutcome.NotEnoughLeft
            : ChangeOutcome.NoSuchProduct;
    }

    /// <summary>Saves the change and a note to update the caches in one transaction, then updates the caches.</summary>
    private async Task<bool> TryChangeAsync(
        int id, Func<ShopDatabase, Task<int>> change, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await change(database) == 0)
        {
            return false;
        }

        var stale = database.StaleProducts.Add(new StaleProduct(0, id)).Entity;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await staleProducts.TryForgetAsync(stale);
        return true;
    }

    private async Task<bool> IsKnownAsync(int id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Products.AnyAsync(product => product.Id == id, cancellationToken);
    }
}

using CacheOrleans.Client;
using CacheOrleans.Shop.Catalog;
using CacheOrleans.Shop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Shop.Changes;

/// <summary>Removes the values of changed products from the caches: at once if the cluster responds, otherwise as soon
/// as it does.</summary>
internal sealed class StaleProducts(
    IDbContextFactory<ShopDatabase> databases, ICacheClient cache, HybridCache hybrid, ILogger<StaleProducts> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Returns how many changes the caches have not received yet.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.StaleProducts.CountAsync(cancellationToken);
    }

    /// <summary>Removes a product's values from the caches.</summary>
    /// <returns>False if the cluster did not respond. Even then this process has removed its own copies; the others
    /// will when the cluster is back.</returns>
    public async Task<bool> TryForgetAsync(StaleProduct stale)
    {
        try
        {
            await Task.WhenAll(
                cache.RemoveAsync(ProductsCached.FindCache, stale.ProductId).AsTask(),
                cache.RemoveAsync(StockLevels.Cache, stale.ProductId).AsTask(),
                hybrid.RemoveByTagAsync(Listings.Tag).AsTask());
        }
        catch (CacheUnavailableException)
        {
            return false;
        }

        await using var database = await databases.CreateDbContextAsync();
        await database.StaleProducts.Where(row => row.Id == stale.Id).ExecuteDeleteAsync();
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ForgetWaitingAsync(stoppingToken);
            }
            // After any error, the database still has the list, and the shop continues.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotTold(logger, exception);
            }
        }
    }

    private async Task ForgetWaitingAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await database.StaleProducts.AsNoTracking()
            .OrderBy(stale => stale.Id)
            .ToListAsync(cancellationToken);
        foreach (var stale in waiting)
        {
            if (!await TryForgetAsync(stale))
            {
                return;
            }
        }
    }
}

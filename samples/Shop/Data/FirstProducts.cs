using CacheOrleans.Shop.Catalog;
using Microsoft.EntityFrameworkCore;

namespace CacheOrleans.Shop.Data;

/// <summary>The products that the shop starts with.</summary>
internal static class FirstProducts
{
    private const int CountOfEach = 20;

    private static readonly Product[] All =
    [
        new(1, "Assam", "Tea", "Black, malty, good with milk. 100 g.", 6.90m),
        new(2, "Darjeeling", "Tea", "Black, light and flowery, first flush. 100 g.", 11.50m),
        new(3, "Sencha", "Tea", "Green, steamed, from Shizuoka. 100 g.", 9.80m),
        new(4, "Oolong", "Tea", "Half oxidized, roasted over charcoal. 100 g.", 13.20m),
        new(5, "Sidamo", "Coffee", "From Ethiopia, washed, with a note of lemon. 250 g.", 8.40m),
        new(6, "Antigua", "Coffee", "From Guatemala, full, with a note of cocoa. 250 g.", 8.90m),
        new(7, "Mandheling", "Coffee", "From Sumatra, earthy, dark roast. 250 g.", 9.60m),
        new(8, "House blend", "Coffee", "For espresso, four fifths arabica. 250 g.", 7.20m),
        new(9, "Dark, 70 %", "Chocolate", "Cocoa from Ecuador and sugar, nothing else. 80 g.", 3.60m),
        new(10, "Milk and salt", "Chocolate", "With flakes of sea salt. 80 g.", 3.40m),
        new(11, "Hazelnut", "Chocolate", "With whole roasted hazelnuts from Piedmont. 80 g.", 4.20m),
        new(12, "Drinking chocolate", "Chocolate", "Shavings for a cup with hot milk. 250 g.", 7.90m),
    ];

    /// <summary>Creates the tables and fills them, unless that was done before.</summary>
    public static async Task EnsureAsync(IDbContextFactory<ShopDatabase> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        await database.Database.EnsureCreatedAsync();
        if (!await database.Products.AnyAsync())
        {
            database.AddRange(All);
            database.AddRange(All.Select(product => new Stock(product.Id, CountOfEach)));
            await database.SaveChangesAsync();
        }
    }
}

using CacheOrleans.Shop.Catalog;
using Microsoft.EntityFrameworkCore;

namespace CacheOrleans.Shop.Data;

/// <summary>The tables of the shop.</summary>
internal sealed class ShopDatabase(DbContextOptions<ShopDatabase> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<Stock> Stock => Set<Stock>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<StaleProduct> StaleProducts => Set<StaleProduct>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Product>().HasIndex(product => product.Category);
        modelBuilder.Entity<Stock>().HasKey(stock => stock.ProductId);
        modelBuilder.Entity<Stock>().HasOne<Product>().WithOne().HasForeignKey<Stock>(stock => stock.ProductId);
        modelBuilder.Entity<Order>().HasOne<Product>().WithMany().HasForeignKey(order => order.ProductId);
    }
}

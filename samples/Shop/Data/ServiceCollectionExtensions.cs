using Microsoft.EntityFrameworkCore;

namespace CacheOrleans.Shop.Data;

/// <summary>Adds the shop's database.</summary>
internal static class ServiceCollectionExtensions
{
    /// <summary>Uses PostgreSQL if the connection string names a host, otherwise SQLite.</summary>
    public static IServiceCollection AddShopDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("Shop");
        var isPostgres = connection?.Contains("Host=", StringComparison.OrdinalIgnoreCase) ?? false;
        return services.AddDbContextFactory<ShopDatabase>(options =>
        {
            _ = isPostgres ? options.UseNpgsql(connection) : options.UseSqlite(connection);
            options.AddInterceptors(new DatabaseWatch());
        });
    }
}

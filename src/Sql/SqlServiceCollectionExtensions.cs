using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Settings;
using CacheOrleans.Sql;
using CacheOrleans.Sql.Databases;
using CacheOrleans.Sql.Declarations;
using CacheOrleans.Sql.Statements;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the fallbacks that are declared as SQL in configuration.</summary>
public static class SqlServiceCollectionExtensions
{
    /// <summary>Registers a loader for every <c>Caches:{name}</c> that has a <c>Fallback</c>.</summary>
    /// <remarks>Reads the caches and <c>ConnectionStrings</c> immediately, so the configuration must already have them.
    /// When the host starts, every database checks its statements.</remarks>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message has its path.</exception>
    public static IServiceCollection AddSqlFallbacks(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddStrictOptions<SqlFallbackOptions, SqlFallbackOptionsValidator>(
            SqlFallbackOptions.SectionName, configuration);
        var fallbacks = new SqlFallbackReader(configuration).Read();
        foreach (var source in fallbacks.Select(fallback => fallback.Source).Distinct())
        {
            services.AddKeyedSingleton(source, (provider, _) => Open(source, provider));
        }

        foreach (var fallback in fallbacks)
        {
            services.AddSingleton(fallback);
            services.AddSingleton(new LoaderRegistration(fallback.Cache));
            services.AddKeyedSingleton<ICacheLoader>(fallback.Cache, (provider, _) => new SqlLoader(
                fallback,
                provider.GetRequiredKeyedService<ISqlDatabase>(fallback.Source),
                provider.GetRequiredService<IOptions<CacheLimits>>().Value));
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SqlStartCheck>());
        return services;
    }

    private static ISqlDatabase Open(SqlSource source, IServiceProvider services) => source.Dialect switch
    {
        SqlDialect.Postgres => new PostgresDatabase(source),
        SqlDialect.Sqlite => new SqliteDatabase(
            source, services.GetRequiredService<IOptions<SqlFallbackOptions>>().Value.MaxConcurrentSqliteStatements),
        _ => throw new InvalidOperationException($"Unknown dialect {source.Dialect}."),
    };
}

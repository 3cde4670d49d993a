using System.Security.Cryptography;
using CacheOrleans.Alerts;
using CacheOrleans.Redis;
using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Redis.Store;
using CacheOrleans.Redis.WriteBehind;
using CacheOrleans.Settings;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Redis as the backing store.</summary>
public static class RedisServiceCollectionExtensions
{
    /// <summary>Adds the store and its write-behind queue, with a connection string.</summary>
    /// <inheritdoc cref="AddRedisBackingStore(IServiceCollection, Func{IServiceProvider, string})" />
    public static IServiceCollection AddRedisBackingStore(this IServiceCollection services, string connectionString) =>
        services.AddRedisBackingStore(_ => connectionString);

    /// <summary>Adds the store and its write-behind queue, with a connection string that is known once the host is
    /// built.</summary>
    /// <remarks>The connection string is StackExchange.Redis' (<c>host:port,password=…</c>), and may have
    /// <c>passwordFile=…</c>. A malformed one fails the host's start with an <see cref="ArgumentException"/>. If
    /// another cluster uses the keys, the start fails with an <see cref="InvalidOperationException"/>. A Redis that
    /// does not respond does not fail the start. If it responds later, and another cluster uses the keys, the same
    /// exception stops the host. <c>AddCacheOrleans</c> registers the <see cref="ClusterIdentity"/> of this cluster.
    /// Hosted services stop in reverse order: add this store before services that enqueue writes while they
    /// stop.</remarks>
    public static IServiceCollection AddRedisBackingStore(
        this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(connectionString);
        if (services.Any(service => service.ServiceType == typeof(RedisConnection)))
        {
            return services;
        }

        services.AddRedisOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IBreakerGate, ClosedBreakerGate>();
        services.TryAddSingleton<IAlerts, NoAlerts>();
        services.TryAddSingleton<ICacheVersions, NoCacheVersions>();
        services.AddSingleton<RedisMetrics>();
        services.AddSingleton<RedisDiagnostics>();
        services.AddSingleton<TimedCalls>();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<RedisConnection>(provider, connectionString(provider)));
        services.AddWriteBehind();
        services.TryAddSingleton<IBackingStore, RedisBackingStore>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisConnection>());
        services.AddHostedService<KeyPrefixGuard>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WriteBehindQueue>());
        return services;
    }

    /// <summary>Adds the queue of writes, without starting it with the host.</summary>
    internal static void AddWriteBehind(this IServiceCollection services)
    {
        services.AddSingleton<WriteBehindDiagnostics>();
        services.AddSingleton<WriteBehindAlerts>();
        services.AddSingleton<WriteBehindBounds>();
        services.AddSingleton<WriteBehindBuffer>();
        services.AddSingleton<BatchGate>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<WriteBehindPace>(
            provider, new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.AddSingleton<WriteBehindQueue>();
        services.TryAddSingleton<IWriteHandOver, WriteBehindHandOver>();
        services.TryAddSingleton<IWriteBehind>(provider => provider.GetRequiredService<WriteBehindQueue>());
    }

    private static void AddRedisOptions(this IServiceCollection services)
    {
        services.AddStrictOptions<RedisOptions, RedisOptionsValidator>(RedisOptions.SectionName);
        services.AddOptions<RedisOptions>()
            .PostConfigure<ClusterIdentity>(static (options, cluster) => options.KeyPrefix ??= cluster.Id);
        services.AddStrictOptions<WriteBehindOptions, WriteBehindOptionsValidator>(WriteBehindOptions.SectionName);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<WriteBehindOptions>, WriteBehindRulesValidator>());
    }
}

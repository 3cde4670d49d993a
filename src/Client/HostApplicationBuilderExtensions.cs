using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace CacheOrleans.Client;

/// <summary>Connects an application to a CacheOrleans cluster.</summary>
public static class HostApplicationBuilderExtensions
{
    /// <summary>Where the membership Redis of embedded mode listens.</summary>
    private const string EmbeddedMembership = "localhost:6391";

    /// <summary>Adds <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>, connected to the cluster whose
    /// membership is kept in <c>ConnectionStrings:Membership</c>.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Without the connection string, the membership Redis of embedded mode on this machine is used. The
    /// host's start waits until a silo answers, and may be cancelled.</remarks>
    /// <exception cref="InvalidOperationException">The connection string cannot be read, or an id is empty; the message
    /// names the setting.</exception>
    public static IHostApplicationBuilder AddCacheOrleansClient(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var cluster = ReadCluster(builder.Configuration);
        var membership = ReadMembership(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client => client
            .UseRedisClustering(membership)
            .UseConnectionRetryFilter<ConnectionRetry>()
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster.ClusterId;
                options.ServiceId = cluster.ServiceId;
            }));
        return builder;
    }

    private static CacheOrleansClientOptions ReadCluster(IConfiguration configuration)
    {
        var options = new CacheOrleansClientOptions();
        configuration.GetSection(CacheOrleansClientOptions.SectionName).Bind(options);
        CheckId(nameof(options.ClusterId), options.ClusterId);
        CheckId(nameof(options.ServiceId), options.ServiceId);
        return options;
    }

    private static void CheckId(string setting, string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new InvalidOperationException($"{CacheOrleansClientOptions.SectionName}:{setting} is empty.");
        }
    }

    /// <summary>Reads the connection string as the clustering provider will, which would do so late and tell neither
    /// the setting nor its name.</summary>
    private static string ReadMembership(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(CacheOrleansClientOptions.MembershipConnection);
        if (text is null)
        {
            return EmbeddedMembership;
        }

        var services = new ServiceCollection();
        services.AddOrleansClient(client => client.UseRedisClustering(text));
        using var provider = services.BuildServiceProvider();
        try
        {
            var redis = provider.GetRequiredService<IOptions<RedisClusteringOptions>>().Value.ConfigurationOptions;
            return redis is { EndPoints.Count: > 0 } ? text : throw Unreadable("it names no host", inner: null);
        }
        catch (ArgumentException exception)
        {
            throw Unreadable(exception.Message, exception);
        }
    }

    private static InvalidOperationException Unreadable(string why, Exception? inner) => new(
        $"ConnectionStrings:{CacheOrleansClientOptions.MembershipConnection} is not the connection string of a Redis, "
        + $"such as 'redis-membership:6379': {why}.", inner);
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace CacheOrleans.Client.Connection;

/// <summary>Which cluster an application connects to, read and checked.</summary>
/// <param name="ClusterId">The cluster's id.</param>
/// <param name="ServiceId">The service's id.</param>
/// <param name="Membership">The connection string of the membership Redis.</param>
internal sealed record ClusterSettings(string ClusterId, string ServiceId, string Membership)
{
    /// <summary>Where the membership Redis of embedded mode listens.</summary>
    private const string EmbeddedMembership = "localhost:6391";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">One of them is not valid; the message names it.</exception>
    public static ClusterSettings Read(IConfiguration? configuration)
    {
        var options = new CacheOrleansClientOptions();
        configuration?.GetSection(CacheOrleansClientOptions.SectionName).Bind(options);
        return new(
            Check(nameof(options.ClusterId), options.ClusterId),
            Check(nameof(options.ServiceId), options.ServiceId),
            ReadMembership(configuration));
    }

    /// <summary>Makes an Orleans client one of the cluster, which waits for a silo when it starts.</summary>
    public void Apply(IClientBuilder client)
    {
        client.Services.TryAddSingleton(TimeProvider.System);
        EntryInterface.AddTo(client.Services);
        client
            .UseRedisClustering(Membership)
            .UseConnectionRetryFilter<ConnectionRetry>()
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = ClusterId;
                options.ServiceId = ServiceId;
            });
    }

    private static string Check(string setting, string id) => string.IsNullOrWhiteSpace(id)
        ? throw new InvalidOperationException($"{CacheOrleansClientOptions.SectionName}:{setting} is empty.")
        : id;

    /// <summary>Reads the connection string as the clustering provider will, which would do so late and tell neither
    /// the setting nor its name.</summary>
    private static string ReadMembership(IConfiguration? configuration)
    {
        var text = configuration?.GetConnectionString(CacheOrleansClientOptions.MembershipConnection);
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

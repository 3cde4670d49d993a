using System.Net;
using CacheOrleans.Redis.Store;
using CacheOrleans.Settings;
using CacheOrleans.Tls;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Messaging;

namespace CacheOrleans.Client.Connection;

/// <summary>Which cluster an application connects to, read and checked.</summary>
/// <param name="ClusterId">The cluster's id.</param>
/// <param name="ServiceId">The service's id.</param>
/// <param name="Membership">The connection string of the membership Redis.</param>
/// <param name="Address">The cluster and the hosts of the membership Redis, for messages: without what is secret.
/// </param>
/// <param name="Tls">How connections are secured; null: they are not.</param>
internal sealed record ClusterSettings(
    string ClusterId, string ServiceId, string Membership, string Address, ClusterTls? Tls)
{
    /// <summary>What silos read in the section, which an application's file may share with them.</summary>
    private static readonly string[] OthersInSection =
    [
        "Tls", "SiloPort", "GatewayPort", "AdvertisedAddress", "TrustedNetwork", .. OrleansSection.NamesOfOrleans,
    ];

    /// <summary>How long a gateway that was silent may take to accept a connection.</summary>
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(1);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">One of them is not valid; the message names it.</exception>
    /// <exception cref="FormatException">A name is unknown; the message suggests the nearest.</exception>
    public static ClusterSettings Read(IConfiguration? configuration)
    {
        var options = new ClusterClientOptions();
        configuration?.BindStrictly(ClusterClientOptions.SectionName, options, OthersInSection);
        var cluster = Check(nameof(options.ClusterId), options.ClusterId);
        var (membership, hosts) = ReadMembership(configuration);
        return new(
            cluster,
            Check(nameof(options.ServiceId), options.ServiceId),
            membership,
            $"cluster '{cluster}', membership Redis at {hosts}",
            configuration is null ? null : ClusterTls.ReadForClient(configuration));
    }

    /// <summary>Makes an Orleans client one of the cluster, which waits for a silo when it starts.</summary>
    public void Apply(IClientBuilder client)
    {
        client.Services.TryAddSingleton(TimeProvider.System);
        client.Services.AddSingleton(this);
        EntryInterface.AddTo(client.Services);
        Identify(client)
            .UseRedisClustering(options => options.ConfigurationOptions = RedisConnectionString.Parse(Membership))
            .UseConnectionRetryFilter<ConnectionRetry>()
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayList.RefreshPeriod);
        var membership = client.Services.Last(service => service.ServiceType == typeof(IGatewayListProvider));
        client.Services.AddSingleton(services => new GatewayList(
            (IGatewayListProvider)ActivatorUtilities.CreateInstance(services, membership.ImplementationType!),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<GatewayList>>()));
        client.Services.AddSingleton<IGatewayListProvider>(services => services.GetRequiredService<GatewayList>());
        client.Services.AddSingleton(services => new Gateways(
            services.GetRequiredService<GatewayList>(),
            this,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<Gateways>>()));
    }

    /// <summary>Makes an Orleans client that knows one gateway, and says nothing.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="retry">Whether to go on after an attempt that failed, and when.</param>
    public Action<IServiceCollection> Alone(Uri gateway, Func<Exception, Task<bool>> retry) => services =>
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddOrleansClient(client => Identify(client)
            .UseStaticClustering(options => options.Gateways = [gateway])
            .UseConnectionRetryFilter((error, _) => retry(error))
            .Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = OpenLimit));
    };

    private IClientBuilder Identify(IClientBuilder client)
    {
        Tls?.Secure(client);
        return client.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = ClusterId;
            options.ServiceId = ServiceId;
        });
    }

    private static string Check(string setting, string id) => string.IsNullOrWhiteSpace(id)
        ? throw new InvalidOperationException($"{ClusterClientOptions.SectionName}:{setting} is empty.")
        : id;

    /// <summary>Reads the connection string now: the clustering provider would do so late.</summary>
    private static (string Text, string Hosts) ReadMembership(IConfiguration? configuration)
    {
        var text = configuration?.GetConnectionString(ClusterClientOptions.MembershipConnection)
            ?? $"localhost:{ClusterDefaults.MembershipPort}";
        try
        {
            return (text, string.Join(", ", RedisConnectionString.Parse(text).EndPoints.Select(Describe)));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException(
                $"ConnectionStrings:{ClusterClientOptions.MembershipConnection}: {exception.Message}", exception);
        }
    }

    private static string Describe(EndPoint server) => server is DnsEndPoint { Host: var host, Port: var port }
        ? port == 0 ? host : $"{host}:{port}"
        : server.ToString()!;
}

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

/// <summary>The validated settings of the cluster that an application connects to.</summary>
/// <param name="ClusterId">The cluster's id.</param>
/// <param name="ServiceId">The service's id.</param>
/// <param name="Membership">The connection string of the membership Redis.</param>
/// <param name="Address">The cluster and the hosts of the membership Redis, for messages, without secrets.</param>
/// <param name="Tls">The TLS settings of connections; null: connections are not encrypted.</param>
internal sealed record ClusterSettings(
    string ClusterId, string ServiceId, string Membership, string Address, ClusterTls? Tls)
{
    /// <summary>The settings that only silos read in this section, which an application's file may share with
    /// them.</summary>
    private static readonly string[] OthersInSection =
    [
        "Tls", "SiloPort", "GatewayPort", "AdvertisedAddress", "TrustedNetwork", .. OrleansSection.NamesOfOrleans,
    ];

    /// <summary>How long a gateway that did not respond may take to accept a connection.</summary>
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(1);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A setting is not valid; the message names it.</exception>
    /// <exception cref="FormatException">A name is unknown; the message suggests the nearest name.</exception>
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

    /// <summary>Configures an Orleans client for the cluster; the client waits for a silo when it starts.</summary>
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

    /// <summary>Configures an Orleans client that knows one gateway, and logs nothing.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="retry">Waits after a failed attempt, and returns whether to try again.</param>
    public Action<IServiceCollection> ForGateway(Uri gateway, Func<Exception, Task<bool>> retry) => services =>
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

    /// <summary>Reads the connection string now, because the clustering provider would report an error only
    /// later.</summary>
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

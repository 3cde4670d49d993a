using System.Net;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace CacheOrleans.Tls.Tests;

/// <summary>Silos on real ports of this machine, and their clients.</summary>
internal sealed class SecuredCluster(TimeProvider time) : IAsyncDisposable
{
    private readonly List<IHost> _silos = [];

    public int SiloPort { get; } = FreePort.Next();

    public int GatewayPort { get; } = FreePort.Next();

    public static async Task<SecuredCluster> StartAsync(ClusterTls? tls, TimeProvider? time = null)
    {
        var cluster = new SecuredCluster(time ?? TimeProvider.System);
        await cluster.AddAsync(tls, cluster.SiloPort, cluster.GatewayPort);
        return cluster;
    }

    /// <summary>Adds a silo that joins through the first one.</summary>
    public Task AddAsync(ClusterTls? tls) => AddAsync(tls, FreePort.Next(), FreePort.Next());

    /// <summary>Connects to the cluster as a client and counts its silos.</summary>
    public Task<int> CountSilosAsync(ClusterTls? tls) => CountSilosAsync(GatewayPort, tls);

    /// <summary>Connects to a gateway as a client and counts the silos.</summary>
    public static async Task<int> CountSilosAsync(int gatewayPort, ClusterTls? tls)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(gatewayPort)
                .UseConnectionRetryFilter((_, _) => Task.FromResult(false))
                .Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = TimeSpan.FromSeconds(1));
            tls?.Secure(client);
        });
        using var host = builder.Build();
        await host.StartAsync();
        var hosts = await host.Services.GetRequiredService<IClusterClient>()
            .GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        await host.StopAsync();
        return hosts.Count;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await silo.StopAsync();
            silo.Dispose();
        }
    }

    private async Task AddAsync(ClusterTls? tls, int siloPort, int gatewayPort)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(time);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, SiloPort));
            tls?.Secure(silo);
        });
        var host = builder.Build();
        _silos.Add(host);
        await host.StartAsync();
    }
}

using System.Net;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Orleans.Configuration;

namespace CacheOrleans.Client.Tests;

/// <summary>Creates the hosts that the tests connect: silos, and applications with an Orleans client.</summary>
internal static class TestHosts
{
    public static async Task<IHost> StartSiloAsync(
        string membership, string clusterId = "cacheorleans", string? cache = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (cache is not null)
        {
            builder.Services.AddRedisBackingStore(cache);
            builder.UseOrleans(silo => silo.AddCacheOrleans());
        }

        builder.UseOrleans(silo => silo
            .UseRedisClustering(membership)
            .ConfigureEndpoints(IPAddress.Loopback, FreePort.Next(), FreePort.Next())
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = clusterId;
                options.ServiceId = "cacheorleans";
            }));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public static IHost Application(
        string? membership, FakeLogCollector? log = null, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)));
        if (membership is not null)
        {
            builder.Configuration["ConnectionStrings:Membership"] = membership;
        }

        if (log is not null)
        {
            builder.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(log));
        }

        builder.AddCacheOrleansClusterClient();
        return builder.Build();
    }
}

using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Client.Tests.Distributed;

/// <summary>A distributed cache of each implementation.</summary>
public sealed class DistributedSubjects : IAsyncLifetime
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly Dictionary<Implementation, IHost> _hosts = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var implementation in new[] { Implementation.Microsoft })
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Services.AddStackExchangeRedisCache(options => options.Configuration = _redis.ConnectionString);
            var host = builder.Build();
            await host.StartAsync(TestContext.Current.CancellationToken);
            _hosts.Add(implementation, host);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        _redis.Dispose();
    }

    internal IBufferDistributedCache Cache(Implementation implementation) =>
        (IBufferDistributedCache)_hosts[implementation].Services.GetRequiredService<IDistributedCache>();
}

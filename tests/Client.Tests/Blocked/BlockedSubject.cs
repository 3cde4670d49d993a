using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>The services that a blocked caller calls.</summary>
internal sealed class BlockedSubject(TestApplication application)
{
    public ICacheClient Client { get; } = application.Client;

    public HybridCache Hybrid { get; } = application.Services.GetRequiredService<HybridCache>();

    public IBufferDistributedCache Distributed { get; } =
        (IBufferDistributedCache)application.Services.GetRequiredService<IDistributedCache>();

    public IDirectory Directory { get; } = application.Services.GetRequiredService<IDirectory>();
}

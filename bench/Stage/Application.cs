using CacheOrleans.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Bench.Stage;

/// <summary>An application that runs in this process.</summary>
internal sealed class Application(IHost host) : IAsyncDisposable
{
    public IServiceProvider Services => host.Services;

    /// <summary>The client of CacheOrleans.</summary>
    public ICacheClient Client => Services.GetRequiredService<ICacheClient>();

    /// <summary>Stops several applications at the same time.</summary>
    public static Task StopAsync(IEnumerable<Application> applications) =>
        Task.WhenAll(applications.Select(application => application.DisposeAsync().AsTask()));

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}

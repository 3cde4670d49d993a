using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Bench.Stage;

/// <summary>An application that runs in this process.</summary>
internal sealed class Application(IHost host) : IAsyncDisposable
{
    public IServiceProvider Services => host.Services;

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Client.Tests;

/// <summary>An application with a client, without a host.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestApplication(Action<CacheClientOptions>? configure, Action<IServiceCollection> services)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(Log));
        services(collection);
        collection.AddCacheOrleans(configure);
        _services = collection.BuildServiceProvider();
        Client = _services.GetRequiredService<ICacheClient>();
    }

    public FakeLogCollector Log { get; } = new();

    public ICacheClient Client { get; }

    public IServiceProvider Services => _services;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

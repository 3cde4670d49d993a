using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>What stands behind the caches of one test class, and the applications in front of it.</summary>
public sealed class HybridSubjects : IDisposable
{
    private readonly GarnetServer _redis = GarnetServer.Launch();

    public void Dispose() => _redis.Dispose();

    /// <summary>Takes away what is behind the caches; nothing answers.</summary>
    public Task StopStoreAsync(Implementation implementation)
    {
        _redis.Stop();
        return Task.CompletedTask;
    }

    internal async Task<HybridApplication> StartAsync(
        Implementation implementation,
        Action<HybridSettings>? configure = null,
        Action<IServiceCollection>? register = null)
    {
        var settings = new HybridSettings();
        configure?.Invoke(settings);
        var log = new RecordingLog("Microsoft.Extensions.Caching.");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<ILoggerProvider>(log);
        register?.Invoke(builder.Services);
        AddMicrosoft(builder.Services, settings, _redis.ConnectionString);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host, log);
    }

    private static void AddMicrosoft(IServiceCollection services, HybridSettings settings, string redis)
    {
        services.AddStackExchangeRedisCache(options => options.Configuration = $"{redis},asyncTimeout=1000");
        services.AddHybridCache(options =>
        {
            options.DefaultEntryOptions = settings.DefaultEntryOptions;
            options.MaximumPayloadBytes = settings.MaximumPayloadBytes;
            options.MaximumKeyLength = settings.MaximumKeyLength;
        });
    }
}

using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Security;
using CacheOrleans.Silo.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>Reads a configuration as a silo does before it starts anything.</summary>
internal sealed record SiloServices(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder
{
    /// <summary>Reads the settings, and validates all options.</summary>
    public static void Read(IConfiguration configuration)
    {
        SettingSection.CheckAll(configuration);
        var settings = SiloSettings.Read(configuration);
        ConnectionStringCheck.Run(settings);
        ExposureCheck.Run(settings);
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Production" });
        services.AddRedisBackingStore(settings.Redis ?? "localhost");
        services.AddSqlFallbacks(configuration);
        new SiloServices(services, configuration).AddCacheOrleans();
        services.AddSlackAlerts(configuration);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}

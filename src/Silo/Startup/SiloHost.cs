using CacheOrleans.Grains.Registration;
using CacheOrleans.Silo.Clustering;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Embedded;
using CacheOrleans.Silo.Health;
using CacheOrleans.Silo.Http;
using CacheOrleans.Silo.Security;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace CacheOrleans.Silo.Startup;

/// <summary>The silo with its HTTP API and, in embedded mode, its servers.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    private SiloHost(WebApplication app, SiloSettings settings, EmbeddedServers servers)
    {
        App = app;
        Settings = settings;
        Servers = servers;
    }

    public WebApplication App { get; }

    public SiloSettings Settings { get; }

    public EmbeddedServers Servers { get; }

    /// <summary>Whether the host has the sample's caches.</summary>
    public required bool IsSample { get; init; }

    /// <summary>The reason for which the host stops.</summary>
    public StopReason Stop => App.Services.GetRequiredService<StopReason>();

    /// <summary>Checks the settings, starts the embedded servers, and builds the host.</summary>
    public static async Task<SiloHost> CreateAsync(string[] args, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateBuilder(AppOptions.Read(args));
        var isSample = SampleCatalog.AddCaches(builder.Configuration, builder.Environment);
        SettingSection.CheckAll(builder.Configuration);
        var settings = SiloSettings.Read(builder.Configuration);
        ConnectionStringCheck.Run(settings);
        ExposureCheck.Run(settings);
        PortCheck.Run(settings.Listen);
        if (settings.Membership is not null)
        {
            await MembershipCheck.RunAsync(settings.Membership, cancellationToken);
        }

        if (isSample)
        {
            await SampleCatalog.AddDatabaseAsync(builder.Configuration, cancellationToken);
        }

        var servers = await EmbeddedServers.EnsureAsync(settings, cancellationToken);
        try
        {
            return new SiloHost(Build(builder, settings, servers), settings, servers) { IsSample = isSample };
        }
        catch
        {
            // Nothing else disposes of the servers yet; the error is rethrown.
            servers.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Servers.Dispose();
    }

    private static WebApplication Build(WebApplicationBuilder builder, SiloSettings settings, EmbeddedServers servers)
    {
        var redis = settings.Redis ?? servers.Redis!.ConnectionString;
        var membership = settings.Membership ?? servers.Membership!.ConnectionString;
        builder.WebHost.UseUrls([.. settings.Listen.Urls]);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.ThrottleRepeats();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(Options.Create(settings.Guard)).AddSingleton(Options.Create(settings.Http));
        builder.Services.AddSingleton(settings).AddSingleton(servers).AddSingleton<StopReason>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHttpApi(settings).AddSiloHealth();

        // Hosted services stop in reverse order: first the silo, which hands its waiting writes over to other silos;
        // then the queue, which drains those that no silo has taken.
        builder.Services.AddRedisBackingStore(redis);
        builder.Services.AddSqlFallbacks(builder.Configuration);
        builder.UseOrleans(silo =>
        {
            silo.JoinCluster(settings.Orleans, membership, settings.Tls).AddDashboard();
            silo.AddCacheOrleans();
        });
        builder.Services.AddConfiguredSecrets(builder.Configuration).AddSlackAlerts(builder.Configuration);
        builder.Services.AddHostedService<MembershipGuard>();
        var app = builder.Build();
        _ = app.Services.GetRequiredService<CacheRegistry>();
        if (RedisEndpoints.Share(redis, membership))
        {
            Log.SharedRedis(app.Logger);
        }

        app.UseHttpApi();
        return app;
    }
}

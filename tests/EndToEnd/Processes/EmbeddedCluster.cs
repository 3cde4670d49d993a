using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>Two silos as a new user starts them, each in its own process, and an application that uses the grain
/// factory; started once for the tests that do not change them.</summary>
public sealed class EmbeddedCluster : IAsyncLifetime
{
    private readonly int _redisPort = FreePort.Next();
    private readonly int _membershipPort = FreePort.Next();

    private readonly SiloSettings _settings = new()
    {
        More = new()
        {
            ["Breaker__BreakDuration"] = "00:00:02",
            ["Http__StopDelay"] = "00:00:03",

            // The statement is valid, but overflows when it runs.
            ["Caches__broken__Key"] = "broken:{code}",
            ["Caches__broken__TimeToLive"] = "00:01:00",
            ["Caches__broken__Fallback__ConnectionString"] = "Catalog",
            ["Caches__broken__Fallback__Sql"] = "select abs(-9223372036854775807 - 1) as n where @code = @code",
        },
    };

    private IHost _client = null!;

    public IGrainFactory Grains => _client.Services.GetRequiredService<IGrainFactory>();

    public string Redis => $"localhost:{_redisPort}";

    public string Membership => $"localhost:{_membershipPort}";

    internal SiloProcess First { get; private set; } = null!;

    internal SiloProcess Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        First = await StartSiloAsync();
        Second = await StartSiloAsync();
        await SiloProcess.KnowEachOtherAsync(First, Second);
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Membership", Membership)]);
        builder.AddCacheOrleansClusterClient();
        _client = builder.Build();
        await _client.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }

    /// <summary>Starts one more silo, with the arguments that README names for other ports; they take precedence over
    /// the environment, which has others.</summary>
    internal async Task<SiloProcess> StartSiloAsync()
    {
        var http = FreePort.Next();
        var silo = SiloProcess.Launch(
            _settings,
            http,
            $"--Urls=http://localhost:{http}",
            $"--Embedded:RedisPort={_redisPort}",
            $"--Embedded:MembershipPort={_membershipPort}");
        await silo.ReadyAsync();
        return silo;
    }
}

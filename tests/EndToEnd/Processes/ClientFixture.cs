using CacheOrleans.Client;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>An application that uses the grain factory over two silos, each a process of its own.</summary>
public sealed class ClientFixture : IAsyncLifetime
{
    private readonly SiloSettings _settings = new()
    {
        More = new()
        {
            // No country of that name overflows: the statement is right and fails when it runs.
            ["Caches__broken__Key"] = "broken:{code}",
            ["Caches__broken__TimeToLive"] = "00:01:00",
            ["Caches__broken__Fallback__ConnectionString"] = "Catalog",
            ["Caches__broken__Fallback__Sql"] = "select abs(-9223372036854775807 - 1) as n where @code = @code",
        },
    };

    private IHost _client = null!;

    public IGrainFactory Grains => _client.Services.GetRequiredService<IGrainFactory>();

    internal SiloProcess First { get; private set; } = null!;

    internal SiloProcess Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        First = await SiloProcess.StartAsync(_settings);
        Second = await SiloProcess.StartAsync(_settings);
        await Eventually.TrueAsync(
            async () => await First.ActiveSilosAsync() == 2 && await Second.ActiveSilosAsync() == 2,
            "both silos know each other");
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:Membership", $"localhost:{_settings.EmbeddedMembershipPort}")]);
        builder.AddCacheOrleansClient();
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
}

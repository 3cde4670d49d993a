using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>Four applications over two silos, each in its own process. Processes that a test kills are restarted for
/// the next test.</summary>
public sealed class ClientProcessCluster : IAsyncLifetime
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly GarnetServer _membership = GarnetServer.Launch();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<ClientProcess> _clients = [];
    private IHost _application = null!;
    private int _key;

    internal IReadOnlyList<SiloProcess> Silos => _silos;

    internal IReadOnlyList<ClientProcess> Clients => _clients;

    internal IGrainFactory Grains => _application.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        _silos.Add(await StartSiloAsync());
        _silos.Add(await StartSiloAsync());
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:Membership", _membership.ConnectionString)]);
        builder.AddCacheOrleansClusterClient();
        _application = builder.Build();
        await _application.StartAsync();
        _clients.AddRange(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartClientAsync())));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _application.StopAsync();
        _application.Dispose();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _redis.Dispose();
        _membership.Dispose();
    }

    internal async Task RepairAsync()
    {
        for (var i = 0; i < _silos.Count; i++)
        {
            if (_silos[i].HasExited)
            {
                await _silos[i].DisposeAsync();
                _silos[i] = await StartSiloAsync();
            }
        }

        await SiloProcess.KnowEachOtherAsync(_silos);
        for (var i = 0; i < _clients.Count; i++)
        {
            if (_clients[i].HasExited)
            {
                await _clients[i].DisposeAsync();
                _clients[i] = await StartClientAsync();
            }
        }
    }

    private Task<SiloProcess> StartSiloAsync() => SiloProcess.StartAsync(new SiloSettings
    {
        Redis = _redis.ConnectionString,
        Membership = _membership.ConnectionString,
    });

    /// <remarks>Until it is connected it loads by itself; afterwards its sets reach the other applications.</remarks>
    private async Task<ClientProcess> StartClientAsync()
    {
        var client = await ClientProcess.StartAsync(_membership.ConnectionString);
        var key = Interlocked.Decrement(ref _key);
        await Eventually.TrueAsync(
            async () => (await client.DoAsync(new(key, Action: "set", Value: "set"))).Errors[0] is null,
            "the client is connected");
        return client;
    }
}

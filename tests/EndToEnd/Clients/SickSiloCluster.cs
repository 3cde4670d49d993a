using System.Text.Json.Nodes;
using CacheOrleans.ClientProcess;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>Three silos and an application, each in its own process, for one test that makes a silo fail.</summary>
internal sealed class SickSiloCluster : IAsyncDisposable
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly List<SiloProcess> _silos = [];
    private IHost _application = null!;

    public GarnetServer Membership { get; } = GarnetServer.Launch();

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public ClientProcess Client { get; private set; } = null!;

    public static async Task<SickSiloCluster> StartAsync()
    {
        var cluster = new SickSiloCluster();
        for (var i = 0; i < 3; i++)
        {
            cluster._silos.Add(await SiloProcess.StartAsync(new SiloSettings
            {
                Redis = cluster._redis.ConnectionString,
                Membership = cluster.Membership.ConnectionString,
            }));
        }

        await SiloProcess.KnowEachOtherAsync(cluster._silos);
        await cluster.ConnectAsync();
        return cluster;
    }

    /// <summary>Creates the owners of some keys, each with a value and known to all silos, and returns the silo of
    /// each.</summary>
    /// <remarks>A silo that does not know where an owner is must ask another silo, which may be the failing
    /// one.</remarks>
    public async Task<ILookup<SiloProcess, int>> OwnersAsync(IReadOnlyList<int> keys)
    {
        var grains = _application.Services.GetRequiredService<IGrainFactory>();
        var management = grains.GetGrain<IManagementGrain>(0);
        var entries = keys.Select(key => grains.GetGrain<ICacheEntryGrain>($"thing/v1?id={key}")).ToList();
        SiloAddress?[] owners = [];
        await Eventually.TrueAsync(
            async () =>
            {
                await ReadAsync(keys);
                owners = await Task.WhenAll(entries.Select(entry => management.GetActivationAddress(entry).AsTask()));
                return owners.All(owner => owner is not null) && (await ReadAsync(keys)).Runs == 0;
            },
            "all values are readable");
        await Task.WhenAll(Enumerable.Range(0, 64).Select(batch => grains.GetGrain<ICacheBatchGrain>(batch)
            .RenewAsync([.. keys.Select(key => $"thing/v1?id={key}")], new Guid[keys.Count])));
        var byAddress = new Dictionary<string, SiloProcess>();
        foreach (var silo in _silos)
        {
            byAddress.Add(await AddressAsync(silo), silo);
        }

        return keys.Zip(owners).ToLookup(pair => byAddress[pair.Second!.Endpoint.ToString()], pair => pair.First);
    }

    /// <summary>Reads without using copies.</summary>
    public Task<Report> ReadAsync(IReadOnlyList<int> keys) =>
        Client.DoAsync(new(0, Value: "loaded", Action: "read", Keys: keys));

    public async ValueTask DisposeAsync()
    {
        if (Client is not null)
        {
            await Client.DisposeAsync();
        }

        _application.Dispose();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _redis.Dispose();
        Membership.Dispose();
    }

    private async Task ConnectAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:Membership", Membership.ConnectionString)]);
        builder.AddCacheOrleansClusterClient();
        _application = builder.Build();
        await _application.StartAsync();
        Client = await ClientProcess.StartAsync(Membership.ConnectionString);
        await Eventually.TrueAsync(
            async () => (await Client.DoAsync(new(-1, Action: "set", Value: "set"))).Errors[0] is null,
            "the client is connected");
    }

    private static async Task<string> AddressAsync(SiloProcess silo)
    {
        var silos = JsonNode.Parse(await silo.Http.GetStringAsync("/api/silos"))!.AsArray();
        var address = (string)silos.Single(node => (bool)node!["isThis"]!)!["address"]!;
        return SiloAddress.FromParsableString(address).Endpoint.ToString();
    }
}

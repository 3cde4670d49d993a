using CacheOrleans.Client;
using CacheOrleans.ClientProcess;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>Applications in processes of their own over two silos in processes of theirs.</summary>
public sealed class ClientProcessTests : IAsyncLifetime
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly GarnetServer _membership = GarnetServer.Launch();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<ClientProcess> _clients = [];
    private IHost _application = null!;

    private IGrainFactory Grains => _application.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        var settings = new SiloSettings
        {
            Redis = _redis.ConnectionString,
            Membership = _membership.ConnectionString,
        };
        _silos.Add(await SiloProcess.StartAsync(settings));
        _silos.Add(await SiloProcess.StartAsync(settings));
        await Eventually.TrueAsync(
            async () => await _silos[0].ActiveSilosAsync() == 2 && await _silos[1].ActiveSilosAsync() == 2,
            "both silos know each other");
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:Membership", _membership.ConnectionString)]);
        builder.AddCacheOrleansClient();
        _application = builder.Build();
        await _application.StartAsync();
        _clients.AddRange(await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => ClientProcess.StartAsync(_membership.ConnectionString))));
        foreach (var (client, index) in _clients.Select((client, index) => (client, index)))
        {
            // Until it is connected it loads by itself; then it finds what another has set.
            await Eventually.TrueAsync(
                async () => (await client.DoAsync(new(-index - 1, Action: "set", Value: "set"))).Errors[0] is null,
                "the client is connected");
        }
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

    [Fact]
    [Trait("Row", "L2")]
    [Trait("Row", "L5")]
    public async Task FourProcesses_OneRunOfTheFallback_AndEveryCallerGetsWhatItGave()
    {
        var reports = await AllAsync(new(1, Callers: 20, Delay: 500, Value: "one"));
        Assert.Equal(1, reports.Sum(report => report.Runs));
        Assert.All(reports.SelectMany(report => report.Values), value => Assert.Equal("one", value));

        var failures = await AllAsync(new(2, Callers: 20, Delay: 500, Error: "no such table"));
        Assert.Equal(1, failures.Sum(report => report.Runs));
        Assert.All(
            failures.SelectMany(report => report.Errors),
            error => Assert.Equal("InvalidOperationException: no such table", error));
    }

    [Fact]
    public async Task HolderIsKilled_AnotherCallerLoads_AndAllAreAnswered()
    {
        var held = _clients[0].DoAsync(new(3, Delay: 60_000, Value: "never"));
        await Eventually.TrueAsync(() => IsLoadingAsync(3), "the first client holds the lease");
        var others = _clients.Skip(1).Select(client => client.DoAsync(new(3, 10, 100, "another's"))).ToList();
        _clients[0].Kill();

        var reports = await Task.WhenAll(others);

        Assert.Equal(1, reports.Sum(report => report.Runs));
        Assert.All(reports.SelectMany(report => report.Values), value => Assert.Equal("another's", value));
        await Assert.ThrowsAnyAsync<Exception>(() => held);
    }

    [Fact]
    public async Task SiloIsKilled_CallsGoOn_AndNothingThrows()
    {
        _silos[1].Signal("KILL");

        for (var key = 100; key < 130; key++)
        {
            foreach (var report in await AllAsync(new(key, Callers: 2, Value: $"value {key}")))
            {
                Assert.All(report.Errors, Assert.Null);
                Assert.All(report.Values, value => Assert.Equal($"value {key}", value));
            }
        }

        await Eventually.TrueAsync(async () => await _silos[0].ActiveSilosAsync() == 1, "the silo is declared dead");
        Assert.Equal(1, (await AllAsync(new(200, Delay: 100, Value: "after"))).Sum(report => report.Runs));
    }

    [Fact]
    public async Task SetAndRemove_AreSeenByEveryProcess()
    {
        await AllAsync(new(4, Value: "old"));

        Assert.Null((await _clients[0].DoAsync(new(4, Action: "set", Value: "new"))).Errors[0]);
        Assert.Equal("new", (await _clients[0].DoAsync(new(4, Value: "x"))).Values[0]); // itself at once
        await SeenByAllAsync(4, "new");

        Assert.Equal("Applied", (await _clients[1].DoAsync(new(4, Action: "remove"))).Values[0]);
        Assert.Equal("newer", (await _clients[1].DoAsync(new(4, Value: "newer"))).Values[0]);
        await SeenByAllAsync(4, "newer");

        Assert.Equal("removed", (await _clients[2].DoAsync(new(0, Action: "removeByTag"))).Values[0]);
        Assert.Equal("newest", (await _clients[2].DoAsync(new(4, Value: "newest"))).Values[0]);
        await SeenByAllAsync(4, "newest");
    }

    private Task<Report[]> AllAsync(Order order) => Task.WhenAll(_clients.Select(client => client.DoAsync(order)));

    private async Task<bool> IsLoadingAsync(int key)
    {
        try
        {
            return (await Grains.GetGrain<ICacheEntryGrain>($"thing/v1?id={key}").DescribeAsync()).IsLoading;
        }
        catch (ArgumentException)
        {
            return false; // nobody has asked for the cache yet
        }
    }

    /// <summary>Within the time a message takes, and by no means later than the near-lease.</summary>
    private Task SeenByAllAsync(int key, string value) => Eventually.TrueAsync(
        async () => (await AllAsync(new(key, Value: "loaded by mistake")))
            .All(report => report.Values[0] == value),
        $"every process reads '{value}'");
}

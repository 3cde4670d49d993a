using CacheOrleans.ClientProcess;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>Four applications over three silos, each in its own process.</summary>
[Collection(nameof(ThreeSilos))]
public sealed class ClientProcessTests(ThreeSilos cluster) : IAsyncLifetime
{
    private IReadOnlyList<ClientProcess> Clients { get; set; } = [];

    public async ValueTask InitializeAsync()
    {
        await cluster.RepairAsync();
        Clients = await cluster.ClientsAsync(4);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    [Trait("Row", "L2")]
    [Trait("Row", "L5")]
    public async Task FourProcesses_OneColdKey_ShareOneFallbackRun()
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
    public async Task LeaseHolderIsKilled_AnotherCallerLoads_AndAllAreAnswered()
    {
        var held = Clients[0].DoAsync(new(3, Delay: 60_000, Value: "never"));
        await Eventually.TrueAsync(() => IsLoadingAsync(3), "the first client holds the lease");
        var others = Clients.Skip(1).Select(client => client.DoAsync(new(3, 10, 100, "another's"))).ToList();
        Clients[0].Kill();

        var reports = await Task.WhenAll(others);

        Assert.Equal(1, reports.Sum(report => report.Runs));
        Assert.All(reports.SelectMany(report => report.Values), value => Assert.Equal("another's", value));
        await Assert.ThrowsAnyAsync<Exception>(() => held);
    }

    [Fact]
    public async Task SetAndRemove_AreSeenByEveryProcess()
    {
        await AllAsync(new(4, Value: "old"));

        Assert.Null((await Clients[0].DoAsync(new(4, Action: "set", Value: "new"))).Errors[0]);
        Assert.Equal("new", (await Clients[0].DoAsync(new(4, Value: "x"))).Values[0]); // its own change at once
        await SeenByAllAsync(4, "new");

        Assert.Equal("Applied", (await Clients[1].DoAsync(new(4, Action: "remove"))).Values[0]);
        Assert.Equal("newer", (await Clients[1].DoAsync(new(4, Value: "newer"))).Values[0]);
        await SeenByAllAsync(4, "newer");

        Assert.Equal("removed", (await Clients[2].DoAsync(new(0, Action: "removeByTag"))).Values[0]);
        Assert.Equal("newest", (await Clients[2].DoAsync(new(4, Value: "newest"))).Values[0]);
        await SeenByAllAsync(4, "newest");
    }

    private Task<Report[]> AllAsync(Order order) => Task.WhenAll(Clients.Select(client => client.DoAsync(order)));

    private async Task<bool> IsLoadingAsync(int key)
    {
        try
        {
            return (await cluster.Grains.GetGrain<ICacheEntryGrain>($"thing/v1?id={key}").DescribeAsync()).IsLoading;
        }
        catch (ArgumentException)
        {
            return false; // the cache has not been requested yet
        }
    }

    /// <summary>Waits until all clients see a value: usually as soon as a message arrives, and never later than the
    /// near-lease.</summary>
    private Task SeenByAllAsync(int key, string value) => Eventually.TrueAsync(
        async () => (await AllAsync(new(key, Value: "loaded by mistake")))
            .All(report => report.Values[0] == value),
        $"every process reads '{value}'");
}

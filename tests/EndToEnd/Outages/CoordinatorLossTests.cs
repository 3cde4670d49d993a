using System.Globalization;
using System.Text.Json.Nodes;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>The silo of the breaker's coordinator is killed while the breaker is open.</summary>
public sealed class CoordinatorLossTests : IAsyncLifetime
{
    private readonly List<SiloProcess> _silos = [];
    private readonly GarnetServer _redis = new();
    private readonly GarnetServer _membership = new();

    public async ValueTask InitializeAsync()
    {
        _redis.Start();
        _membership.Start();
        var settings = new SiloSettings
        {
            Redis = _redis.ConnectionString,
            Membership = _membership.ConnectionString,
            More = new() { ["Breaker__Break"] = "00:00:20", ["Breaker__Jitter"] = "0" },
        };
        for (var i = 0; i < 3; i++)
        {
            _silos.Add(await SiloProcess.StartAsync(settings));
        }

        await Eventually.TrueAsync(
            async () => await _silos[0].ActiveSilosAsync() == 3, "the silos know each other");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _redis.Dispose();
        _membership.Dispose();
    }

    [Fact]
    [Trait("Row", "B11")]
    public async Task SiloOfTheCoordinatorKilledWhileOpen_NoSiloForgets_AndRedisIsTriedAgain()
    {
        await using var load = new SteadyLoad(_silos[..1]);
        _redis.Stop();
        await Eventually.TrueAsync(
            async () => (string?)(await BreakerAsync(_silos[0]))["state"] == "open", "the breaker is open");
        var breaker = await BreakerAsync(_silos[0]);
        await load.StopAsync();
        var openedAt = OpenedAt(breaker);
        var coordinator = (string?)breaker["coordinator"];
        var victim = await FindAsync(coordinator);

        await victim.KillAsync();
        var survivors = _silos.Where(silo => silo != victim).ToList();
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var silo in survivors)
                {
                    var health = await silo.Http.GetStringAsync("/healthz/ready");
                    Assert.Contains("breaker: open", health, StringComparison.Ordinal);
                }

                return survivors.Count == await survivors[0].ActiveSilosAsync();
            },
            "the silo is declared dead, and none of the others has forgotten");

        breaker = await BreakerAsync(survivors[0]);
        Assert.Equal("open", (string?)breaker["state"]);
        Assert.NotEqual(coordinator, (string?)breaker["coordinator"]);
        Assert.InRange((double)breaker["retryAfterSeconds"]!, 0, 20);
        Assert.InRange(OpenedAt(breaker) - openedAt, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));

        _redis.Start();
        await Eventually.TrueAsync(
            async () => (string?)(await BreakerAsync(survivors[0]))["state"] == "closed",
            "Redis was tried again, and the breaker closed");
    }

    private static DateTimeOffset OpenedAt(JsonNode breaker) =>
        DateTimeOffset.Parse((string)breaker["openedAt"]!, CultureInfo.InvariantCulture);

    private static async Task<JsonNode> BreakerAsync(SiloProcess silo) =>
        JsonNode.Parse(await silo.Http.GetStringAsync("/api/breaker"))!;

    private async Task<SiloProcess> FindAsync(string? address)
    {
        foreach (var silo in _silos)
        {
            var silos = JsonNode.Parse(await silo.Http.GetStringAsync("/api/silos"))!.AsArray();
            if (silos.Any(node => (bool)node!["isThis"]! && (string?)node["address"] == address))
            {
                return silo;
            }
        }

        throw new InvalidOperationException($"No silo has the address {address}.");
    }
}

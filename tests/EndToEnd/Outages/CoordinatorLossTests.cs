using System.Globalization;
using System.Text.Json.Nodes;
using CacheOrleans.EndToEnd.Processes;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>The silo that hosts the breaker's coordinator is killed while the breaker is open.</summary>
[Collection(nameof(ThreeSilos))]
public sealed class CoordinatorLossTests(ThreeSilos cluster) : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(cluster.Redis is null, "There is no redis-server on this machine.");
        await cluster.RepairAsync();
        await cluster.StateAsync("closed");
        await cluster.ChangeAsync("""{ "breakDurationSeconds": 15, "maxBreakDurationSeconds": 15, "jitter": 0 }""");
    }

    public async ValueTask DisposeAsync() =>
        await cluster.ChangeAsync(ThreeSilos.ShortBreaks);

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [Trait("Row", "B11")]
    public async Task CoordinatorsSiloKilled_WhileOpen_OtherSilosStayOpenAndProbeRedis()
    {
        await using var load = new SteadyLoad(cluster.Silos.Take(1).ToList());
        cluster.Redis!.Stop();
        await cluster.StateAsync("open");
        var breaker = await cluster.BreakerAsync();
        await load.StopAsync();
        var openedAt = OpenedAt(breaker);
        var coordinator = (string?)breaker["coordinator"];
        var victim = await FindAsync(coordinator);

        await victim.KillAsync();
        var survivors = cluster.Silos.Where(silo => silo != victim).ToList();
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
            "the silo is declared dead, and the other silos are still open");

        breaker = await ThreeSilos.BreakerAsync(survivors[0]);
        Assert.Equal("open", (string?)breaker["state"]);
        Assert.NotEqual(coordinator, (string?)breaker["coordinator"]);
        Assert.InRange((double)breaker["retryAfterSeconds"]!, 0, 15);
        Assert.InRange(OpenedAt(breaker) - openedAt, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));

        cluster.Redis.Start();
        await cluster.RepairAsync();
        await cluster.StateAsync("closed"); // Redis was tried again
    }

    private static DateTimeOffset OpenedAt(JsonNode breaker) =>
        DateTimeOffset.Parse((string)breaker["openedAt"]!, CultureInfo.InvariantCulture);

    private async Task<SiloProcess> FindAsync(string? address)
    {
        foreach (var silo in cluster.Silos)
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

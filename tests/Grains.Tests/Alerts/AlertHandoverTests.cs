using CacheOrleans.Alerts;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>Alerts when the coordinator's silo stops or is killed.</summary>
public sealed class AlertHandoverTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CoordinatorsSiloStops_BeforeDelivery_SuccessorDeliversWithTheSameId(bool isKilled)
    {
        await using var cluster = await AlertCluster.StartAsync(3);
        cluster.Mailbox.Hold();
        cluster[0].Fail("user");
        await Eventually.TrueAsync(() => cluster.Mailbox.Begun.Count == 1, "the delivery has begun");
        await Eventually.TrueAsync(
            () => cluster.Silos.All(silo => silo.Replica.Known.Undelivered.Length == 1), "all silos know of it");

        await (isKilled ? cluster.KillCoordinatorAsync() : cluster.StopCoordinatorAsync());
        Assert.Empty(cluster.Mailbox.Messages);
        await cluster.UntilAsync(() => cluster.Mailbox.Begun.Count == 2, "the successor delivers it");
        cluster.Mailbox.Release();
        await cluster.ArrivedAsync(1);
        await Eventually.TrueAsync(
            () => cluster.Silos.All(silo => silo.Replica.Known.Undelivered.Length == 0), "all silos know that it is");
        await cluster.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Single(cluster.Mailbox.Messages);
        Assert.Single(cluster.Mailbox.Begun.Select(message => message.Id).Distinct());
        Assert.Equal("user Failing", await cluster.StoryAsync());
        Assert.Equal(
            AlertDeliveryState.Delivered,
            (await cluster.Coordinator.GetStatsAsync()).Decisions[0].Deliveries[0].State);
    }

    [Fact]
    [Trait("Row", "A2")]
    public async Task CoordinatorsSiloStops_CooldownsAndProblems_Survive()
    {
        await using var cluster = await AlertCluster.StartAsync(3, ("Alerts:MaxKeys", "2"));
        cluster[0].Fail("user");
        cluster[1].Fail("plain");
        await cluster.CalmAsync();
        await cluster.ArrivedAsync(2);
        await cluster.PassAsync(TimeSpan.FromMinutes(2));

        for (var round = 0; round < 2; round++)
        {
            await (round == 0 ? cluster.KillCoordinatorAsync() : cluster.StopCoordinatorAsync());
            foreach (var silo in cluster.Silos)
            {
                silo.Fail("user", count: 10);
                silo.Fail("third");
            }

            await cluster.PassAsync(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(2, cluster.Mailbox.Messages.Count);
        Assert.Empty(await cluster.DecidedAsync());
        cluster[0].Succeed("plain");
        cluster[0].Succeed("user");
        await cluster.PassAsync(TimeSpan.FromSeconds(70));
        Assert.Equal("plain Resolved, user Resolved", await OrderedAsync(cluster));
        await cluster.PassAsync(TimeSpan.FromMinutes(8));
        cluster[0].Fail("user");

        Assert.Equal("plain Resolved, user Failing, user Resolved", await OrderedAsync(cluster));
    }

    [Fact]
    public async Task JoinedSilo_KnowsTheCooldowns()
    {
        await using var cluster = await AlertCluster.StartAsync(1);
        cluster[0].Fail("user");
        await cluster.CalmAsync();

        var joined = new AlertSiloHandle(await cluster.Breaker.JoinAsync());

        Assert.Equal(AlertKey.Cache("user"), Assert.Single(joined.Replica.Known.Cooldowns).Key);
        Assert.True(joined.Alerts.HasProblems);
    }

    private static async Task<string> OrderedAsync(AlertCluster cluster) =>
        string.Join(", ", (await cluster.StoryAsync()).Split(", ").Order());
}

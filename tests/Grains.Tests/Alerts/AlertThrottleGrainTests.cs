using CacheOrleans.Alerts;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Coordination;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Alerts;

public sealed class AlertThrottleGrainTests
{
    [Fact]
    [Trait("Row", "A1")]
    public async Task Failures_OfOneCacheOnAllSilos_SendOneMessageFromTheCoordinatorsSilo()
    {
        await using var cluster = await AlertCluster.StartAsync(3);

        foreach (var silo in cluster.Silos)
        {
            silo.Fail("user", AlertStage.Read, 20);
            silo.Fail("user", AlertStage.Store, 20);
        }

        Assert.Equal("user Failing", await cluster.StoryAsync());
        var message = Assert.Single(await cluster.ArrivedAsync(1));
        Assert.Equal(AlertKey.Cache("user"), message.Key);
        Assert.Equal(typeof(IOException).FullName, message.Failure!.ErrorType);
        Assert.Equal(
            (await cluster.Coordinator.GetStatsAsync()).Coordinator,
            Assert.Single(cluster.Mailbox.Silos).ToParsableString());
    }

    [Fact]
    [Trait("Row", "A2")]
    [Trait("Row", "A8")]
    public async Task SameCache_FailsAgain_AlertsOnlyAfterTheCooldown()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        cluster[0].Fail("user");
        Assert.Equal("user Failing", await cluster.StoryAsync());

        await cluster.PassAsync(TimeSpan.FromMinutes(9));
        cluster[1].Fail("user");
        Assert.Equal("user Failing", await cluster.StoryAsync());

        await cluster.PassAsync(TimeSpan.FromMinutes(2));
        cluster[0].Fail("user");

        Assert.EndsWith("user Failing", await cluster.StoryAsync(), StringComparison.Ordinal);
        var second = (await cluster.DecidedAsync()).Last(notice => notice.Kind == AlertNoticeKind.Failing);
        var announced = (await cluster.DecidedAsync()).Skip(1).Sum(notice => notice.Suppressed?.Failures ?? 0);
        Assert.Equal(TimeSpan.FromMinutes(11), second.At - (await cluster.DecidedAsync())[0].At);
        Assert.Equal(1, announced);
    }

    [Fact]
    [Trait("Row", "A3")]
    public async Task SeventhCache_AfterSixAlerts_IsSuppressedButTheBreakerAlerts()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        for (var name = 1; name <= 7; name++)
        {
            cluster[name % 2].Fail($"cache{name}");
            await cluster.CalmAsync();
        }

        await cluster.Breaker[0].FailAsync(11);
        await cluster.Breaker[1].FailAsync(11);
        await DecidedAsync(cluster, 7);

        Assert.Equal(
            "cache1 Failing, cache2 Failing, cache3 Failing, cache4 Failing, cache5 Failing, cache6 Failing, "
                + "redis Failing",
            await cluster.StoryAsync());
        var statistics = await cluster.Coordinator.GetStatsAsync();
        var refused = Assert.Single(statistics.Decisions, decision => decision.Notice is null);
        Assert.Equal(AlertKey.Cache("cache7"), refused.Key);
        Assert.Empty(refused.Deliveries);
        Assert.Equal(6, statistics.MaxKeys);
        Assert.Contains("'cache7'", Assert.Single(cluster.Log.Of(1022)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "A5")]
    public async Task Cooldown_Ends_MakesRoomForAnotherCache()
    {
        await using var cluster = await AlertCluster.StartAsync(1, ("Alerts:MaxKeys", "1"));
        cluster[0].Fail("first");
        await cluster.PassAsync(TimeSpan.FromMinutes(9));
        cluster[0].Fail("second");
        Assert.Equal("first Failing", await cluster.StoryAsync());

        await cluster.PassAsync(TimeSpan.FromMinutes(2));
        cluster[0].Fail("third");

        Assert.EndsWith("third Failing", await cluster.StoryAsync(), StringComparison.Ordinal);
        var keys = (await cluster.Coordinator.GetStatsAsync()).Keys;
        Assert.Contains(
            keys, key => key.Cooldown.Key == AlertKey.Cache("third") && key.Cooldown.AllowedIn > TimeSpan.Zero);
        Assert.DoesNotContain(
            keys, key => key.Cooldown.Key == AlertKey.Cache("first") && key.Cooldown.AllowedIn > TimeSpan.Zero);
    }

    [Fact]
    public async Task Resolved_AfterASuccessAndAQuietMinute_OnlyWhereTheFailureWasAnnounced()
    {
        await using var cluster = await AlertCluster.StartAsync(2, ("Alerts:MaxKeys", "1"));
        cluster[0].Fail("user", count: 5);
        await cluster.CalmAsync();
        cluster[0].Fail("refused");
        await cluster.CalmAsync();
        await cluster.PassAsync(TimeSpan.FromSeconds(65));
        Assert.Equal("user Failing", await cluster.StoryAsync());

        // The failure was announced by another silo; a success on any silo resolves it.
        cluster[1].Succeed("user");
        cluster[1].Succeed("refused");
        await cluster.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("user Failing, user Resolved", await cluster.StoryAsync());
        var resolved = (await cluster.ArrivedAsync(2))[1];
        Assert.Equal(4, resolved.Suppressed!.Failures);
        Assert.InRange(resolved.FailingFor, TimeSpan.FromSeconds(65), TimeSpan.FromSeconds(75));
        await cluster.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(1, (await cluster.DecidedAsync()).Count(notice => notice.Kind == AlertNoticeKind.Resolved));
    }

    [Fact]
    public async Task Resolved_FailuresGoOn_IsNotAnnounced()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        cluster[0].Fail("user");
        for (var turn = 0; turn < 4; turn++)
        {
            await cluster.PassAsync(TimeSpan.FromSeconds(30));
            cluster[turn % 2].Fail("user");
            cluster[0].Succeed("user");
            cluster[1].Succeed("user");
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(55));
        Assert.Equal("user Failing", await cluster.StoryAsync());
        await cluster.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("user Failing, user Resolved", await cluster.StoryAsync());
    }

    [Fact]
    public async Task Breaker_OpensAndCloses_SendsOneMessageEach()
    {
        await using var cluster = await AlertCluster.StartAsync(3);
        await cluster.Breaker[0].FailAsync(11);
        await cluster.Breaker[1].FailAsync(11);
        await DecidedAsync(cluster, 1);
        foreach (var silo in cluster.Silos)
        {
            silo.Silo.Mend();
        }

        await cluster.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("redis Failing, redis Resolved", await cluster.StoryAsync());
        var messages = await cluster.ArrivedAsync(2);
        Assert.Matches(
            @"^The circuit breaker opened: \d+ failures of 2 caches on 2 silos; Redis is skipped for 180 s\.$",
            messages[0].Failure!.What);
        Assert.Null(messages[0].Failure!.Trace);
    }

    [Fact]
    public async Task Statistics_ShowCooldownsSuppressedCountsAndDeliveries()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        cluster.Mailbox.Hold();
        cluster[0].Fail("user", count: 3);
        await cluster.PassAsync(TimeSpan.FromSeconds(60));

        var before = await cluster.Coordinator.GetStatsAsync();
        cluster.Mailbox.Release();

        var state = Assert.Single(before.Keys);
        Assert.Equal(TimeSpan.FromMinutes(9), state.Cooldown.AllowedIn);
        Assert.Equal((2, 1), (state.Suppressed!.Failures, state.Suppressed.Silos));
        Assert.True(state.Cooldown.IsOpen);
        Assert.Equal(["log", "mailbox"], before.Channels.Order());
        var decision = Assert.Single(before.Decisions);
        Assert.Equal(state.Cooldown.Message, decision.Notice!.Id);
        Assert.Equal(
            [new("log", AlertDeliveryState.Delivered, null), new("mailbox", AlertDeliveryState.Pending, null)],
            decision.Deliveries.OrderBy(delivery => delivery.Channel));
        await Eventually.TrueAsync(
            async () => (await cluster.Coordinator.GetStatsAsync()).Decisions[0].Deliveries.All(delivery =>
                delivery.State == AlertDeliveryState.Delivered),
            "the message is delivered");
    }

    [Fact]
    public async Task Decisions_LastHundred_AreKeptLatestFirst()
    {
        await using var cluster = await AlertCluster.StartAsync(1, ("Alerts:MaxKeys", "1000"));
        for (var name = 0; name < 120; name++)
        {
            cluster[0].Fail($"cache{name}");
        }

        await cluster.CalmAsync();
        cluster[0].Fail("last");
        await cluster.CalmAsync();

        var decisions = (await cluster.Coordinator.GetStatsAsync()).Decisions;

        Assert.Equal(History<AlertDecision>.Capacity, decisions.Count);
        Assert.Equal(AlertKey.Cache("last"), decisions[0].Key);
        Assert.Equal(100, decisions.Select(decision => decision.Key).Distinct().Count());
    }

    [Fact]
    public async Task AnyCall_UnknownKey_NamesTheKnownKey()
    {
        await using var cluster = await AlertCluster.StartAsync(1);
        var unknown = cluster.Grains.GetGrain<IAlertThrottleGrain>("slack");
        var report = cluster[0].Replica.Report(cluster[0].Silo.Replica.View);
        Func<Task>[] calls =
        [
            unknown.GetStatsAsync,
            unknown.TestAsync,
            () => cluster.Grains.GetGrain<IAlertCoordinator>("slack").ReportAsync(report),
        ];

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(call);
            Assert.Contains("'slack'", error.Message, StringComparison.Ordinal);
            Assert.Contains("'cluster'", error.Message, StringComparison.Ordinal);
        }
    }

    private static Task DecidedAsync(AlertCluster cluster, int messages) => Eventually.TrueAsync(
        async () => (await cluster.DecidedAsync()).Count == messages, $"{messages} messages are decided");
}

using CacheOrleans.Alerts;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>Alerts while the coordinator does not answer.</summary>
public sealed class AlertReporterTests
{
    /// <remarks>If the reports were only delayed, the coordinator was frozen: it later decides about an alert that the
    /// silo has already sent. The id shows people that both messages are the same.</remarks>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Row", "A6")]
    public async Task CoordinatorUnresponsive_SiloAlertsLocally_AndLookupsGoOn(bool areLost)
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        cluster.Filter.Hold(areLost);
        cluster[0].Fail("plain", count: 3);

        var user = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                var entry = cluster.Breaker.Cluster.Client.GetGrain<ICacheEntryGrain>($"user/v1?user_id={user++}");
                Assert.NotNull((await entry.GetAsync()).Value);
                cluster.Time.Advance(SiloAlerts.AnswerTimeout);
                return cluster.Mailbox.Messages.Count > 0;
            },
            "the silo has sent the alert itself");

        Assert.Equal("plain", Assert.Single(cluster.Mailbox.Messages).Key.Name);
        Assert.Equal(cluster[0].Silo.Handle.SiloAddress, Assert.Single(cluster.Mailbox.Silos));
        var warning = Assert.Single(cluster.Log.Of(1023));
        Assert.Equal(LogLevel.Warning, warning.Level);

        // The silo's own cooldown applies meanwhile, and the coordinator learns of it.
        var before = cluster.Filter.Reports;
        cluster[0].Fail("plain", count: 5);
        await cluster.UntilAsync(() => cluster.Filter.Reports > before + 2, "the silo has tried again");
        Assert.Single(cluster.Log.Of(1023));
        cluster.Filter.Release();
        await cluster.UntilAsync(() => cluster.Log.Of(1024).Count > 0, "the coordinator answers");
        cluster[1].Fail("plain");
        await cluster.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Single(cluster.Mailbox.Messages.Select(message => message.Id).Distinct());
        Assert.Equal(areLost ? "" : "plain Failing", await cluster.StoryAsync());
    }

    [Fact]
    public async Task CoordinatorUnresponsive_ForAShortTime_AlertsOnlyOnce()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        cluster.Filter.Hold();
        cluster[0].Fail("user");
        await cluster.UntilAsync(() => cluster.Log.Of(1023).Count > 0, "the coordinator has not responded");

        cluster.Filter.Release();
        await cluster.UntilAsync(() => cluster.Mailbox.Messages.Count > 0, "the message has arrived");
        await cluster.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("user Failing", await cluster.StoryAsync());
        Assert.Single(cluster.Mailbox.Messages);
    }
}

using CacheOrleans.Alerts;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>A coordinator that does not answer.</summary>
public sealed class AlertReporterTests
{
    /// <remarks>Reports that only took very long are a coordinator that was frozen: it decides then what the silo has
    /// told already, and people can tell by the id that the message is the same.</remarks>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Row", "A6")]
    public async Task CoordinatorSilent_TheSiloTellsByItself_AndLookupsGoOn(bool areLost)
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
            "the silo has told by itself");

        Assert.Equal("plain", Assert.Single(cluster.Mailbox.Messages).Key.Name);
        Assert.Equal(cluster[0].Silo.Handle.SiloAddress, Assert.Single(cluster.Mailbox.Silos));
        var warning = Assert.Single(cluster.Log.Lines(1023));
        Assert.Equal(LogLevel.Warning, warning.Level);

        // Its own cooldown holds meanwhile, and the coordinator learns of it.
        var before = cluster.Filter.Reports;
        cluster[0].Fail("plain", count: 5);
        await cluster.UntilAsync(() => cluster.Filter.Reports > before + 2, "it has tried again");
        Assert.Single(cluster.Log.Lines(1023));
        cluster.Filter.Release();
        await cluster.UntilAsync(() => cluster.Log.Lines(1024).Count > 0, "the coordinator answers");
        cluster[1].Fail("plain");
        await cluster.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Single(cluster.Mailbox.Messages.Select(message => message.Id).Distinct());
        Assert.Equal(areLost ? "" : "plain Failing", await cluster.StoryAsync());
    }

    [Fact]
    public async Task CoordinatorSilentForAShortTime_NothingIsToldTwice()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        cluster.Filter.Hold();
        cluster[0].Fail("user");
        await cluster.UntilAsync(() => cluster.Log.Lines(1023).Count > 0, "the coordinator has been silent");

        cluster.Filter.Release();
        await cluster.UntilAsync(() => cluster.Mailbox.Messages.Count > 0, "it has arrived");
        await cluster.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("user Failing", await cluster.StoryAsync());
        Assert.Single(cluster.Mailbox.Messages);
    }
}

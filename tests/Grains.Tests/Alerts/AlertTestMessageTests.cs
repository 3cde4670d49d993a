using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>The test message that an operator requests.</summary>
public sealed class AlertTestMessageTests
{
    [Fact]
    public async Task Test_ArrivesOnEveryChannel_AndDoesNotCountAgainstTheLimits()
    {
        await using var cluster = await AlertCluster.StartAsync(2, ("Alerts:MaxKeys", "1"));

        var test = await cluster.Coordinator.TestAsync();
        await cluster.Coordinator.TestAsync();
        cluster[0].Fail("test");

        Assert.Equal(["log", "mailbox"], test.Deliveries.Select(delivery => delivery.Channel).Order());
        Assert.All(test.Deliveries, delivery => Assert.Equal(AlertDeliveryState.Delivered, delivery.State));
        Assert.Equal(test.Id, cluster.Mailbox.Messages[0].Id);
        Assert.Equal("test Test, test Test, test Failing", await cluster.StoryAsync());
        await cluster.ArrivedAsync(3);
        Assert.Equal(3, cluster.Mailbox.Messages.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task Test_ChannelHangs_ReturnsAfterALimitAndBlocksNoReport()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        cluster.Mailbox.Hold();
        var pending = cluster.Coordinator.TestAsync();
        await Eventually.TrueAsync(() => cluster.Mailbox.Begun.Count == 1, "the channel has the message");

        cluster[1].Fail("user");
        Assert.Equal("test Test, user Failing", await cluster.StoryAsync());
        await cluster.PassAsync(TimeSpan.FromSeconds(14));
        Assert.False(pending.IsCompleted);
        await cluster.PassAsync(TimeSpan.FromSeconds(1));

        var test = await pending;
        Assert.Equal(
            AlertDeliveryState.Pending, test.Deliveries.Single(delivery => delivery.Channel == "mailbox").State);
        Assert.Equal(
            AlertDeliveryState.Delivered, test.Deliveries.Single(delivery => delivery.Channel == "log").State);
        cluster.Mailbox.Release();
        Assert.Equal(test.Id, (await cluster.ArrivedAsync(2))[0].Id);
    }
}

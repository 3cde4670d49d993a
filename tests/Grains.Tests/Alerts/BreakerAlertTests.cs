using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Testing;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>Which alerts the real breaker sends: for manual changes and for outages.</summary>
public sealed class BreakerAlertTests
{
    [Fact]
    public async Task RedisDies_WhileIsolatedManually_IsAnnouncedAfterClosing()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        await cluster.Breaker.Breaker.IsolateAsync("127.0.0.1");
        await DecidedAsync(cluster, 1);
        await cluster.PassAsync(TimeSpan.FromMinutes(2));
        await cluster.Breaker.Breaker.CloseAsync("127.0.0.1");
        await DecidedAsync(cluster, 2);
        await cluster.Breaker.AllAsync(BreakerState.Closed);
        await OpenAsync(cluster);
        await DecidedAsync(cluster, 3);
        await cluster.PassAsync(TimeSpan.FromMinutes(12));

        var notices = await cluster.DecidedAsync();
        Assert.Equal(
            [
                "Breaker 'redis' was isolated manually",
                "Breaker 'redis' was closed manually",
                "Breaker 'redis' opened",
            ],
            notices.Select(AlertWords.Title));
        Assert.All(
            notices.Take(2), notice => Assert.Contains(("Changed by", "127.0.0.1"), AlertWords.Details(notice)));
        Assert.Matches(
            @"^The circuit breaker opened: \d+ failures of 2 caches on 2 silos; Redis is skipped for 180 s\.$",
            AlertWords.Summary(notices[2]));
    }

    [Fact]
    public async Task Outage_LongerThanTheCooldown_SendsADigestAndThenTheEnd()
    {
        await using var cluster = await AlertCluster.StartAsync(2);
        cluster[0].Fail("user", count: 5);
        await OpenAsync(cluster);
        await DecidedAsync(cluster, 2);
        await cluster.PassAsync(TimeSpan.FromMinutes(11));

        var digest = (await cluster.DecidedAsync())[^1];
        Assert.Equal("Cache 'user' failed 4 more times", AlertWords.Title(digest));
        Assert.Matches(
            "^At [0-9:]+ UTC it is not known whether Redis answers: every silo skips it, because the circuit breaker "
                + @"is (open|half open)\. The last message said: The read from Redis failed\.$",
            AlertWords.Summary(digest));

        foreach (var silo in cluster.Silos)
        {
            silo.Silo.Mend();
        }

        await cluster.PassAsync(TimeSpan.FromMinutes(16));
        Assert.Equal(
            "Breaker 'redis': Redis answers again", AlertWords.Title((await cluster.DecidedAsync())[^1]));

        cluster[1].Succeed("user");
        await cluster.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("Cache 'user' works again", AlertWords.Title((await cluster.DecidedAsync())[^1]));
    }

    /// <remarks>Without probes the breaker closes when its break ends, whether or not Redis answers.</remarks>
    [Fact]
    public async Task NoProbes_NoCalls_RedisIsNotAnnouncedAsAnswering()
    {
        await using var cluster = await AlertCluster.StartAsync(2, ("Breaker:MaxConcurrentProbes", "0"));
        await OpenAsync(cluster);
        await DecidedAsync(cluster, 1);
        await cluster.PassAsync(TimeSpan.FromMinutes(6));
        await cluster.Breaker.AllAsync(BreakerState.Closed);
        Assert.Single(await cluster.DecidedAsync());

        cluster[1].Succeed("plain");
        await cluster.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(
            "Breaker 'redis': Redis answers again", AlertWords.Title((await cluster.DecidedAsync())[^1]));
    }

    private static async Task OpenAsync(AlertCluster cluster)
    {
        await cluster.Breaker[0].FailAsync(11);
        await cluster.Breaker[1].FailAsync(11);
        await cluster.Breaker.AllAsync(BreakerState.Open);
    }

    private static Task DecidedAsync(AlertCluster cluster, int messages) => Eventually.TrueAsync(
        async () => (await cluster.DecidedAsync()).Count == messages, $"{messages} messages are decided");
}

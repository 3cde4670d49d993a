using CacheOrleans.EndToEnd.Outages;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Alerts;

/// <summary>Redis is killed under load, and several processes send alerts through a real HTTP server.</summary>
public sealed class AlertTests : IAsyncLifetime
{
    private const string Breaker = "Breaker redis";

    private static readonly int Requests = LongRuns.AreWanted ? 1000 : 300;

    private AlertCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await AlertCluster.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Row", "L4")]
    [Trait("Row", "W5")]
    [Trait("Row", "A1")]
    [Trait("Row", "A2")]
    public async Task RedisKilledAndBack_EachFailure_IsAnnouncedAndResolvedOnce()
    {
        await using var load = new SteadyLoad(_cluster.Silos);
        await load.MoreAsync(200);
        Assert.Empty(_cluster.Slack.Requests);

        _cluster.Redis.Stop();
        await AnnouncedAsync(message => message.Key == Breaker, "the breaker is announced");
        await load.MoreAsync(Requests);
        await AllFailuresAnnouncedAsync();
        var failed = await FailedAsync();
        Assert.InRange(failed.Count, 2, 5); // the breaker may open on failures of two of the five requested caches

        _cluster.Redis.Start();
        await Eventually.TrueAsync(
            () => Keys(ToldMessage.Resolved).Distinct().Count() >= failed.Count + 1,
            "every failure is announced as resolved");
        await load.MoreAsync(Requests);
        await load.StopAsync();

        SortedSet<string> expected = [.. await FailedAsync(), Breaker];
        Assert.Equal(expected, Keys(ToldMessage.Failing).Order(StringComparer.Ordinal));
        Assert.Equal(expected, Keys(ToldMessage.Resolved).Order(StringComparer.Ordinal));
        Assert.Empty(Keys(ToldMessage.Digest));
        Assert.Empty(load.Failures);
        AssertNothingSecret();
    }

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    [Trait("Row", "A7")]
    public async Task SlackHangs_DeliveringSiloIsKilled_MessagesArriveOnceOrTwiceWithOneId()
    {
        var release = new TaskCompletionSource();
        _cluster.Slack.Otherwise = SlackReply.Held(release.Task);
        await using (var load = new SteadyLoad(_cluster.Silos))
        {
            await load.MoreAsync(200);
            _cluster.Redis.Stop();
            await _cluster.Slack.ReceivedAsync(1);
            await Eventually.TrueAsync(
                async () => (await DecidedAsync()).Any(message => message.Key == Breaker), "the breaker is announced");
            await load.MoreAsync(1000);
            await load.StopAsync();
            Assert.Empty(load.Failures);
        }

        var decided = await DecidedAsync();
        var victim = await _cluster.CoordinatorAsync();

        await victim.KillAsync();
        release.SetResult();
        await DeliveredAsync(decided);

        var received = Messages();
        TestContext.Current.SendDiagnosticMessage(
            $"{decided.Count} messages undelivered at the kill, {received.Count} posted");
        Assert.All(decided, message => Assert.InRange(received.Count(other => other.Id == message.Id), 1, 2));
        Assert.All(
            received.Where(message => message.Kind == ToldMessage.Failing).GroupBy(message => message.Key),
            key => Assert.Single(key.Select(message => message.Id).Distinct()));
    }

    private List<ToldMessage> Messages() => [.. _cluster.Slack.Requests.Select(ToldMessage.Of)];

    private IEnumerable<string> Keys(string kind) =>
        Messages().Where(message => message.Kind == kind).Select(message => message.Key);

    private async Task<SortedSet<string>> FailedAsync() =>
        [.. (await _cluster.FailedCachesAsync()).Select(name => $"Cache {name}")];

    private Task AnnouncedAsync(Predicate<ToldMessage> condition, string what) =>
        Eventually.TrueAsync(() => Messages().Exists(condition), what);

    private Task AllFailuresAnnouncedAsync() => Eventually.TrueAsync(
        async () => (await FailedAsync()).IsSubsetOf(Keys(ToldMessage.Failing)),
        "every cache that failed is announced");

    private async Task<List<ToldMessage>> DecidedAsync() =>
    [
        .. (await _cluster.AlertsAsync())["decisions"]!.AsArray()
            .Where(decision => (string?)decision!["kind"] == ToldMessage.Failing)
            .Select(decision => new ToldMessage(
                $"{((string?)decision!["class"] == "cache" ? "Cache" : "Breaker")} {(string?)decision["name"]}",
                ToldMessage.Failing,
                (Guid)decision["id"]!)),
    ];

    private async Task DeliveredAsync(IEnumerable<ToldMessage> decided)
    {
        var ids = decided.Select(message => message.Id).ToList();
        Assert.NotEmpty(ids);
        await Eventually.TrueAsync(
            async () => Messages().Select(message => message.Id).ToHashSet().IsSupersetOf(ids)
                && (await DeliveriesAsync()).All(state => state == "delivered"),
            "everything that was decided has arrived");
    }

    private async Task<IEnumerable<string?>> DeliveriesAsync() =>
        from decision in (await _cluster.AlertsAsync())["decisions"]!.AsArray()
        from delivery in decision!["deliveries"]!.AsArray()
        select (string?)delivery!["state"];

    private void AssertNothingSecret()
    {
        Assert.All(_cluster.Silos, AssertNoUrl);
        Assert.All(
            _cluster.Slack.Requests,
            request => Assert.DoesNotContain("aWebhooksSecretKey", request.Body, StringComparison.Ordinal));
    }

    private static void AssertNoUrl(SiloProcess silo)
    {
        Assert.Contains("log, slack", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("aWebhooksSecretKey", silo.Output, StringComparison.Ordinal);
    }
}

using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>What messages say about problems while Redis is skipped, and when it is used again.</summary>
public sealed class OutageTests
{
    [Fact]
    public void Digest_OutageLongerThanTheCooldown_SaysThatRedisIsSkipped()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail(times: 5);
        alerts.Open();
        alerts.PassMinutes(30);

        var digest = alerts.Sent[^1];
        Assert.Equal(
            ["Cache 'user': the read from Redis failed", "Breaker 'redis' opened", "Cache 'user' failed 4 more times"],
            alerts.Sent.Select(AlertWords.Title));
        Assert.Equal(
            "At 00:10:00 UTC it is not known whether Redis answers: every silo skips it, because the circuit breaker "
                + "is open. The last message said: It failed.",
            AlertWords.Summary(digest));
        Assert.Equal(
            [
                ("Last silo", "silo1"),
                ("Last error", "System.TimeoutException"),
                ("Redis' breaker", "open"),
                ("First failure", "00:00:00 UTC"),
                ("Last failure", "00:00:00 UTC"),
                ("Suppressed", "4 since 00:00:00 UTC on 1 silo"),
            ],
            AlertWords.Details(digest));
    }

    [Theory]
    [InlineData(BreakerState.HalfOpen, "half open")]
    [InlineData(BreakerState.Isolated, "isolated")]
    public void Digest_StateChangedMeanwhile_NamesTheStateWhenItIsSent(BreakerState state, string name)
    {
        var alerts = new TestAlerts(2);
        alerts.Fail(times: 5);
        alerts.Open();
        alerts.PassMinutes(9);
        alerts.Show(state);
        alerts.PassMinutes(2);

        Assert.Contains(
            $"because the circuit breaker is {name}.", AlertWords.Summary(alerts.Sent[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_NoCallsSince_SaysThatNothingSucceeded()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail(times: 2);
        alerts.PassMinutes(11);

        Assert.Equal(
            "Nothing has failed between 00:00:00 UTC and 00:10:00 UTC, but nothing has succeeded either: it may not "
                + "have been tried. The last message said: It failed.",
            AlertWords.Summary(alerts.Sent[^1]));
        Assert.Contains(("Redis' breaker", "closed"), AlertWords.Details(alerts.Sent[^1]));
    }

    [Fact]
    public void Digest_FailedAgainAndThenSucceeded_SaysSo()
    {
        var alerts = new TestAlerts();
        alerts.Fail();
        alerts.Succeed();
        alerts.PassMinutes(2);
        alerts.Fail();
        alerts.Succeed();
        alerts.PassMinutes(9);

        Assert.Equal("Cache 'user' failed 1 more time", AlertWords.Title(alerts.Sent[^1]));
        Assert.StartsWith(
            "It has succeeded since, and nothing has failed between 00:02:00 UTC and 00:10:00 UTC.",
            AlertWords.Summary(alerts.Sent[^1]),
            StringComparison.Ordinal);
        Assert.DoesNotContain("First failure", AlertWords.Details(alerts.Sent[^1]).Select(detail => detail.Name));
    }

    [Fact]
    public void Digest_SucceededBeforeRedisWasSkipped_SaysThatRedisIsSkipped()
    {
        var alerts = new TestAlerts();
        alerts.Fail();
        alerts.Succeed();
        alerts.PassMinutes(2);
        alerts.Fail();
        alerts.Succeed();
        alerts.PassMinutes(6);
        alerts.Change(BreakerState.Closed, BreakerState.Isolated);
        alerts.PassMinutes(3);

        Assert.Contains("is isolated.", AlertWords.Summary(alerts.Sent[^1]), StringComparison.Ordinal);
    }

    /// <remarks>A success just before the breaker opened does not show that Redis answers a minute later.</remarks>
    [Fact]
    public void RedisIsSkipped_UntilItAnswers_NothingIsResolved()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail();
        alerts.Succeed(silo: 1);
        alerts.Open();
        alerts.PassMinutes(8);
        Assert.Equal(2, alerts.Sent.Count);

        alerts.Show(BreakerState.Closed); // the break has ended, and there are no probes
        alerts.PassMinutes(60);
        Assert.DoesNotContain(alerts.Sent, notice => notice.Kind == AlertNoticeKind.Resolved);

        alerts.Succeed(silo: 1);
        alerts.PassMinutes(1);

        Assert.Equal(
            ["Breaker 'redis': Redis answers again", "Cache 'user' works again"],
            alerts.Sent.Skip(2).Select(AlertWords.Title).Order());
    }

    [Fact]
    public void ProbesSucceed_ResolvedMessageNamesTheBreakersState()
    {
        var alerts = new TestAlerts(2);
        alerts.PassMinutes(1);
        alerts.Open();
        alerts.PassMinutes(20);
        alerts.Show(BreakerState.Closed);
        alerts.Silos[1].OnSuccess(alerts.Now, AlertKey.Breaker, AlertStage.Breaker);
        alerts.PassMinutes(1);
        Assert.Single(alerts.Sent);
        alerts.PassMinutes(1);

        var resolved = alerts.Sent[^1];
        Assert.Equal("Breaker 'redis': Redis answers again", AlertWords.Title(resolved));
        Assert.Equal(
            "Redis has answered since; at 00:22:05 UTC the circuit breaker is closed. The last message said: The "
                + "circuit breaker opened: 11 failures.",
            AlertWords.Summary(resolved));
        Assert.Contains(("First failure", "00:01:00 UTC"), AlertWords.Details(resolved));
    }

    /// <remarks>Its probes have succeeded, but it opens again before the resolved message is sent.</remarks>
    [Fact]
    public void Breaker_OpensAgainBeforeTheResolvedMessage_DigestSaysThatItIsOpen()
    {
        var alerts = new TestAlerts(2);
        alerts.Open();
        alerts.PassMinutes(3);
        alerts.Show(BreakerState.Closed);
        alerts.Silos[1].OnSuccess(alerts.Now, AlertKey.Breaker, AlertStage.Breaker);
        alerts.PassMinutes(0.5);
        alerts.Open();
        alerts.PassMinutes(30);

        Assert.Equal(
            ["Breaker 'redis' opened", "Breaker 'redis' opened 1 more time"], alerts.Sent.Select(AlertWords.Title));
        Assert.Contains("the circuit breaker is open.", AlertWords.Summary(alerts.Sent[1]), StringComparison.Ordinal);
    }

    /// <remarks>The other silos keep reading; the silo whose local breaker is open skips Redis, so nothing fails
    /// there.</remarks>
    [Fact]
    public void OneSilo_SkipsRedisLocally_NothingIsResolvedUntilItReads()
    {
        var alerts = new TestAlerts(3);
        alerts.Fail(times: 2);
        alerts.Open(onlyOn: 0);
        for (var minute = 0; minute < 30; minute++)
        {
            alerts.Succeed(silo: 1);
            alerts.PassMinutes(1);
        }

        Assert.Equal(
            [
                "Cache 'user': the read from Redis failed",
                "Breaker 'redis, one silo only' opened",
                "Cache 'user' failed 1 more time",
            ],
            alerts.Sent.Select(AlertWords.Title));
        Assert.Contains(
            ": 1 silo skips it because of its local breaker.",
            AlertWords.Summary(alerts.Sent[2]),
            StringComparison.Ordinal);
        Assert.Contains(
            ("Redis' breaker", "closed; 1 silo whose local breaker is not closed"),
            AlertWords.Details(alerts.Sent[2]));

        alerts.ShowLocal(0, BreakerState.Closed);
        alerts.PassMinutes(10);
        Assert.DoesNotContain(alerts.Sent, notice => notice.Key == AlertKey.SiloBreaker && IsResolved(notice));

        alerts.Succeed(silo: 0);
        alerts.PassMinutes(2);

        Assert.Single(alerts.Sent, notice => notice.Key == AlertKey.SiloBreaker && IsResolved(notice));
    }

    private static bool IsResolved(AlertNotice notice) => notice.Kind == AlertNoticeKind.Resolved;
}

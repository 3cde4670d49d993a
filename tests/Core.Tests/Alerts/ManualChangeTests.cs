using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>What is announced when somebody changes the breaker manually, and about an outage that follows.</summary>
public sealed class ManualChangeTests
{
    [Fact]
    public void Isolated_ByACaller_AnnouncesTheChangeAndTheCaller()
    {
        var alerts = new TestAlerts(2);
        alerts.PassMinutes(1);
        alerts.Change(BreakerState.Closed, BreakerState.Isolated, "127.0.0.1");

        var notice = Assert.Single(alerts.Sent);
        Assert.Equal((AlertClass.ManualChange, AlertNoticeKind.ManualChange), (notice.Key.Class, notice.Kind));
        Assert.Equal("Breaker 'redis' was isolated manually", AlertWords.Title(notice));
        Assert.Equal(
            "Every silo skips Redis until somebody closes or disables the breaker.", AlertWords.Summary(notice));
        Assert.Equal(
            [("Changed by", "127.0.0.1"), ("Changed at", "00:01:00 UTC"), ("State before", "closed")],
            AlertWords.Details(notice));
    }

    [Theory]
    [InlineData(BreakerState.Closed, BreakerState.Disabled, "was disabled manually", "no failure opens the breaker")]
    [InlineData(BreakerState.Disabled, BreakerState.Closed, "was closed manually", "failures count again")]
    [InlineData(BreakerState.Open, BreakerState.Closed, "was closed manually", "does not say whether Redis answers")]
    public void Changed_ToAnyState_AnnouncesTheConsequences(
        BreakerState from, BreakerState to, string done, string what)
    {
        var alerts = new TestAlerts();
        alerts.Change(from, to);

        var notice = Assert.Single(alerts.Sent);
        Assert.Equal($"Breaker 'redis' {done}", AlertWords.Title(notice));
        Assert.Contains(what, AlertWords.Summary(notice), StringComparison.Ordinal);
        Assert.Contains(("Changed by", "not known"), AlertWords.Details(notice));
    }

    [Fact]
    public void Changes_Repeated_AreEachAnnouncedAndNotRemembered()
    {
        var alerts = new TestAlerts();
        for (var i = 0; i < 3; i++)
        {
            alerts.Change(BreakerState.Closed, BreakerState.Isolated);
            alerts.Change(BreakerState.Isolated, BreakerState.Closed);
        }

        Assert.Equal(6, alerts.Sent.Select(notice => notice.Id).Distinct().Count());
        alerts.Deliver();
        Assert.Empty(alerts.Coordinator.Keys(alerts.Now));
        Assert.False(alerts.Silos[0].HasProblems);
    }

    [Fact]
    public void IsolatedAndClosed_BreakerOpens_OpeningIsAnnouncedAndNotResolved()
    {
        var alerts = new TestAlerts(2);
        alerts.Change(BreakerState.Closed, BreakerState.Isolated);
        alerts.PassMinutes(2);
        alerts.Change(BreakerState.Isolated, BreakerState.Closed);
        alerts.Open();
        alerts.PassMinutes(60);

        Assert.Equal(
            [
                "Breaker 'redis' was isolated manually",
                "Breaker 'redis' was closed manually",
                "Breaker 'redis' opened",
            ],
            alerts.Sent.Select(AlertWords.Title));
        Assert.Equal("The circuit breaker opened: 11 failures.", AlertWords.Summary(alerts.Sent[2]));
        Assert.Contains(("Redis' breaker", "open"), AlertWords.Details(alerts.Sent[2]));
    }

    /// <remarks>The last message that people got was "closed manually": the cooldown of the earlier opening must not
    /// hide the next one.</remarks>
    [Fact]
    public void OpenedAndClosedManually_OpensAgainWithinTheCooldown_IsAnnounced()
    {
        var alerts = new TestAlerts(2);
        alerts.Open();
        alerts.PassMinutes(1);
        alerts.Change(BreakerState.Open, BreakerState.Closed);
        alerts.PassMinutes(0.5);
        alerts.Open();

        Assert.Equal(
            ["Breaker 'redis' opened", "Breaker 'redis' was closed manually", "Breaker 'redis' opened"],
            alerts.Sent.Select(AlertWords.Title));
        Assert.Null(alerts.Sent[2].Suppressed);
    }

    /// <remarks>A table from before the change reaches the silo after the change, but before its report.</remarks>
    [Fact]
    public void ClosedManually_EarlierTableArrivesLate_NextOpeningIsAnnounced()
    {
        var alerts = new TestAlerts();
        alerts.Open();
        alerts.PassMinutes(1);
        var silo = alerts.Silos[0];
        silo.OnManualChange(alerts.Now, new(
            BreakerState.Open, BreakerState.Closed, TransitionCause.Manual, default, null, 0, 0, 0, 0));
        silo.OnFailure(alerts.Now, AlertKey.Breaker, AlertStage.Breaker, null, "The circuit breaker opened again.");
        alerts.Push();
        alerts.Settle();

        Assert.Equal("The circuit breaker opened again.", AlertWords.Summary(alerts.Sent[^1]));
    }

    [Theory]
    [InlineData(BreakerState.Closed)]
    [InlineData(BreakerState.Disabled)]
    public void ClosedOrDisabledManually_WhileRedisIsDown_IsNotResolved(BreakerState state)
    {
        var alerts = new TestAlerts(2);
        alerts.Open();
        alerts.PassMinutes(1);
        alerts.Change(BreakerState.Open, state);
        alerts.PassMinutes(60);
        Assert.DoesNotContain(alerts.Sent, notice => notice.Kind == AlertNoticeKind.Resolved);

        alerts.Succeed("some", silo: 1);
        alerts.PassMinutes(2);

        Assert.Equal("Breaker 'redis': Redis answers again", AlertWords.Title(alerts.Sent[^1]));
    }

    [Fact]
    public void IsolatedDuringAnOutage_NothingIsResolvedBeforeRedisAnswers()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail("user");
        alerts.Succeed("user", silo: 1);
        alerts.Open();
        alerts.Change(BreakerState.Open, BreakerState.Isolated);
        alerts.PassMinutes(30);
        alerts.Change(BreakerState.Isolated, BreakerState.Closed);
        alerts.PassMinutes(30);

        Assert.DoesNotContain(alerts.Sent, notice => notice.Kind == AlertNoticeKind.Resolved);
    }

    [Fact]
    public void Coordinator_AnswersARepeatedReport_ChangeIsAnnouncedOnce()
    {
        var alerts = new TestAlerts { IsUnresponsive = true };
        alerts.Change(BreakerState.Closed, BreakerState.Isolated, "ops");
        alerts.Pass(TimeSpan.FromSeconds(2));
        var report = alerts.Silos[0].Report(alerts.Now, TestAlerts.Closed);
        alerts.IsUnresponsive = false;
        alerts.Coordinator.Report(alerts.Now, default, report);
        alerts.Pass(TimeSpan.FromSeconds(5));

        Assert.Empty(alerts.Sent);
        var change = Assert.Single(alerts.Coordinator.Table(alerts.Now).Undelivered).Change;
        Assert.Equal(("ops", TimeSpan.FromSeconds(2)), (change!.By, change.Age));
    }

    [Fact]
    public void Coordinator_Unresponsive_SiloAnnouncesTheChange()
    {
        var alerts = new TestAlerts { IsUnresponsive = true };
        alerts.Change(BreakerState.Closed, BreakerState.Isolated);
        alerts.PassMinutes(1);
        alerts.IsUnresponsive = false;
        alerts.PassMinutes(1);

        Assert.Equal("Breaker 'redis' was isolated manually", AlertWords.Title(Assert.Single(alerts.SentBySilos)));
        Assert.Empty(alerts.Sent);
    }

    [Fact]
    public void Coordinator_ReplacedBeforeDelivery_SuccessorDelivers()
    {
        var alerts = new TestAlerts(2);
        alerts.Change(BreakerState.Closed, BreakerState.Isolated);

        Assert.Equal(alerts.Sent, alerts.Replace(1));
    }
}

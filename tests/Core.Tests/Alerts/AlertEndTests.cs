using CacheOrleans.Alerts;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>When a problem counts as ended, and which messages are sent then.</summary>
public sealed class AlertEndTests
{
    [Fact]
    public void Success_FollowedByAMinuteWithoutFailure_Resolves()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail(times: 5);
        alerts.PassMinutes(2);
        alerts.Succeed(silo: 1);
        alerts.Pass(alerts.Options.FlushInterval);

        Assert.Equal([AlertNoticeKind.Failing, AlertNoticeKind.Resolved], alerts.Sent.Select(notice => notice.Kind));
        Assert.Equal(4, alerts.Sent[1].Suppressed!.Failures);
        Assert.InRange(alerts.Sent[1].FailingFor, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2.2));
        Assert.Equal(alerts.Sent[0].Failure, alerts.Sent[1].Failure);
    }

    [Fact]
    public void Problem_FailsAgainWithinAMinute_IsNotResolved()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail();
        for (var i = 0; i < 8; i++)
        {
            alerts.Pass(TimeSpan.FromSeconds(50));
            alerts.Succeed(silo: 1);
            alerts.Fail(silo: i % 2);
            alerts.Succeed(silo: 1);
        }

        Assert.Single(alerts.Sent);
    }

    /// <remarks>When the cooldown ends, the coordinator does not know yet of a failure that was suppressed in its last
    /// seconds.</remarks>
    [Fact]
    public void Failure_JustBeforeTheCooldownEnds_IsReported()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail();
        alerts.Succeed();
        alerts.Pass(alerts.Options.Cooldown - TimeSpan.FromSeconds(1));
        alerts.Fail(silo: 1);
        alerts.PassMinutes(60);

        Assert.Equal(1, alerts.Sent.Sum(notice => notice.Suppressed?.Failures ?? 0));
    }

    [Fact]
    public void Success_OnAnotherSiloBeforeTheLastFailure_DoesNotResolve()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail();
        alerts.PassMinutes(0.5);
        alerts.Succeed(silo: 1);
        alerts.PassMinutes(0.2);
        alerts.Fail();
        alerts.PassMinutes(60);

        Assert.DoesNotContain(alerts.Sent, notice => notice.Kind == AlertNoticeKind.Resolved);
    }

    [Fact]
    public void Success_ReportedLateButBeforeTheLastFailure_DoesNotResolve()
    {
        var alerts = new TestAlerts();
        alerts.Fail();
        alerts.Succeed();
        var late = alerts.Silos[0].Report(alerts.Now, TestAlerts.Closed);
        alerts.Fail();
        alerts.PassMinutes(0.5);
        alerts.Coordinator.Report(alerts.Now, default, late);
        alerts.Coordinator.Report(
            alerts.Now + TimeSpan.FromMinutes(2), default, late with { Silo = "other", Keys = [] });

        Assert.True(alerts.Coordinator.Keys(alerts.Now).Single().Cooldown.IsOpen);
    }

    [Fact]
    public void Problem_NothingSucceeds_IsNotResolved()
    {
        var alerts = new TestAlerts();
        alerts.Succeed();
        alerts.Fail();
        alerts.PassMinutes(60);

        Assert.Single(alerts.Sent);
    }

    [Fact]
    public void Problem_InTwoStages_IsResolvedOnceBothSucceed()
    {
        var alerts = new TestAlerts();
        alerts.Fail();
        alerts.Fail(stage: AlertStage.Store);
        alerts.Succeed();
        alerts.PassMinutes(5);
        Assert.Single(alerts.Sent);

        alerts.Succeed(stage: AlertStage.Store);
        alerts.PassMinutes(1.2);

        Assert.Equal(AlertNoticeKind.Resolved, alerts.Sent[1].Kind);
    }

    [Fact]
    public void Problem_NeverAnnounced_SendsNoResolvedMessage()
    {
        var alerts = new TestAlerts();
        for (var i = 1; i <= 7; i++)
        {
            alerts.Fail($"cache{i}");
            alerts.Succeed($"cache{i}");
        }

        alerts.PassMinutes(60);

        Assert.DoesNotContain(alerts.Sent, notice => notice.Key.Name == "cache7");
        Assert.Equal(6, alerts.Sent.Count(notice => notice.Kind == AlertNoticeKind.Resolved));
    }

    [Fact]
    public void Problem_FailsAgainInTheCooldown_IsResolvedOnce()
    {
        var alerts = new TestAlerts();
        alerts.Fail();
        alerts.Succeed();
        alerts.PassMinutes(2);
        alerts.Fail();
        alerts.Succeed();
        alerts.PassMinutes(5);
        Assert.Equal([AlertNoticeKind.Failing, AlertNoticeKind.Resolved], alerts.Sent.Select(notice => notice.Kind));

        alerts.PassMinutes(5);

        Assert.Equal(AlertNoticeKind.Digest, alerts.Sent[2].Kind);
        Assert.Equal(3, alerts.Sent.Count);
    }

    /// <remarks>The silo that reported the opening may have left the cluster when the breaker closes.</remarks>
    [Fact]
    public void Breaker_ClosesOnAnotherSilo_IsResolved()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail(AlertKey.Breaker, stage: AlertStage.Breaker);
        alerts.PassMinutes(20);
        Assert.Single(alerts.Sent);

        alerts.Silos[1].OnSuccess(alerts.Now, AlertKey.Breaker, AlertStage.Breaker);
        alerts.PassMinutes(1.2);

        Assert.Equal(AlertNoticeKind.Resolved, alerts.Sent[1].Kind);
        Assert.InRange(alerts.Sent[1].FailingFor, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20.2));
    }
}

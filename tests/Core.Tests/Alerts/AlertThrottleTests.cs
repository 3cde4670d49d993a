using CacheOrleans.Alerts;

namespace CacheOrleans.Core.Tests.Alerts;

public sealed class AlertThrottleTests
{
    [Fact]
    [Trait("Row", "A1")]
    [Trait("Row", "A2")]
    public void SameName_FailsAfterNineAndElevenMinutes_AlertsOnlyAfterEleven()
    {
        var alerts = new TestAlerts();
        alerts.Fail();
        alerts.PassMinutes(9);
        alerts.Fail(stage: AlertStage.Store);
        Assert.Single(alerts.Sent);

        alerts.PassMinutes(2);
        alerts.Fail();

        Assert.Equal(
            [AlertNoticeKind.Failing, AlertNoticeKind.Digest, AlertNoticeKind.Failing],
            alerts.Sent.Select(notice => notice.Kind));
        Assert.Equal(1, alerts.Sent[1].Suppressed!.Failures);
        Assert.Null(alerts.Sent[2].Suppressed);
    }

    [Fact]
    [Trait("Row", "A2")]
    public void ConstantFailures_SendOneMessageEachCooldownWithTheSuppressedCount()
    {
        var alerts = new TestAlerts(2);
        for (var second = 0; second < 1800; second++)
        {
            alerts.Fail(silo: second % 2);
            alerts.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(alerts.Sent.Count, 3, 3);
        Assert.All(alerts.Sent, notice => Assert.Equal(AlertNoticeKind.Failing, notice.Kind));
        Assert.Null(alerts.Sent[0].Suppressed);
        Assert.All(alerts.Sent.Skip(1), notice => Assert.InRange(notice.Suppressed!.Failures, 590, 610));
        Assert.All(alerts.Sent.Skip(1), notice => Assert.Equal(2, notice.Suppressed!.Silos));
        Assert.All(
            alerts.Sent.Skip(1),
            notice => Assert.InRange(notice.Suppressed!.For, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10.1)));
        Assert.InRange(alerts.Sent[2].FailingFor, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20.1));
    }

    [Fact]
    [Trait("Row", "A3")]
    public void SeventhName_Fails_IsRefusedWhileTheBreakerStillAlerts()
    {
        var alerts = new TestAlerts();
        for (var i = 1; i <= 7; i++)
        {
            alerts.Fail($"cache{i}");
        }

        alerts.Fail("cache7");
        alerts.Fail(AlertKey.Breaker, stage: AlertStage.Breaker);
        alerts.Fail(AlertKey.SiloBreaker, stage: AlertStage.Breaker);

        Assert.Equal(
            [
                .. Enumerable.Range(1, 6).Select(i => AlertKey.Cache($"cache{i}")),
                AlertKey.Breaker,
                AlertKey.SiloBreaker,
            ],
            alerts.Sent.Select(notice => notice.Key));
        Assert.Equal([AlertKey.Cache("cache7")], alerts.Refused);
    }

    [Fact]
    [Trait("Row", "A5")]
    public void RefusedName_CooldownOfAnotherEnds_AlertsWithItsSuppressedCount()
    {
        var alerts = new TestAlerts();
        for (var i = 1; i <= 6; i++)
        {
            alerts.Fail($"cache{i}");
        }

        alerts.PassMinutes(5);
        alerts.Fail("late", times: 4);
        alerts.PassMinutes(4.9);
        alerts.Fail("late");
        Assert.Equal(6, alerts.Sent.Count);

        alerts.PassMinutes(0.2);
        alerts.Fail("late");

        var notice = Assert.Single(alerts.Sent, notice => notice.Key.Name == "late");
        Assert.Equal(5, notice.Suppressed!.Failures);
        Assert.Equal(TimeSpan.FromMinutes(5.1), notice.Suppressed.For);
        Assert.Equal(TimeSpan.FromMinutes(5.1), notice.FailingFor);
    }

    [Fact]
    [Trait("Row", "A5")]
    public void Problems_AllHaveEnded_AreForgotten()
    {
        var alerts = new TestAlerts(2);
        for (var i = 1; i <= 8; i++)
        {
            alerts.Fail($"cache{i}", silo: i % 2, times: 3);
            alerts.Succeed($"cache{i}", silo: i % 2);
        }

        alerts.PassMinutes(30);
        alerts.Deliver();

        Assert.Empty(alerts.Coordinator.Keys(alerts.Now));
        var reports = alerts.Reports;
        alerts.PassMinutes(600);
        Assert.Equal(reports, alerts.Reports);
        Assert.All(alerts.Silos, silo => Assert.False(silo.HasProblems));
    }

    [Fact]
    [Trait("Row", "A8")]
    public void Cooldown_ByDefault_IsTenMinutes() =>
        Assert.Equal(TimeSpan.FromMinutes(10), new AlertOptions().Cooldown);

    [Fact]
    public void HundredSilos_WithTenThousandFailuresEach_SendOneMessageAndOneDigest()
    {
        var alerts = new TestAlerts(100);
        for (var silo = 0; silo < 100; silo++)
        {
            alerts.Fail(silo: silo, times: 10_000);
        }

        alerts.PassMinutes(12);

        Assert.Equal([AlertNoticeKind.Failing, AlertNoticeKind.Digest], alerts.Sent.Select(notice => notice.Kind));
        Assert.Equal(new SuppressedFailures(999_999, TimeSpan.FromMinutes(10), 100), Round(alerts.Sent[1].Suppressed!));
    }

    [Fact]
    public void SuppressedFailures_InGreatNumbers_AreReportedOnceEachInterval()
    {
        var alerts = new TestAlerts();
        alerts.Fail();
        var before = alerts.Reports;
        for (var i = 0; i < 1000; i++)
        {
            alerts.Fail(times: 1000);
            alerts.Pass(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(alerts.Reports - before, 1, 2);
        Assert.Equal(1_000_000, alerts.Silos[0].Suppressed);
    }

    /// <remarks>A lost, repeated or late report does not change the count.</remarks>
    [Fact]
    public void Report_RepeatedAndLate_IsCountedOnce()
    {
        var throttle = new AlertThrottle(new AlertOptions(), new Random(1));
        var silo = new SiloAlerts("silo", new AlertOptions(), new Random(2), default);
        silo.OnFailure(default, TestAlerts.User, AlertStage.Read, null, "it failed");
        silo.Describe(TestAlerts.User, TestAlerts.Describe(silo.Undescribed[0], "silo"));
        var first = silo.Report(default, TestAlerts.Closed);
        silo.OnFailure(default, TestAlerts.User, AlertStage.Read, null, "it failed");
        var second = silo.Report(default, TestAlerts.Closed);

        var notices = new[] { first, second, second, first }
            .SelectMany(report => throttle.Report(default, DateTimeOffset.UnixEpoch, report).Notices).ToList();

        Assert.Single(notices);
        Assert.Equal(1, throttle.Keys(default).Single().Suppressed!.Failures);
    }

    private static SuppressedFailures Round(SuppressedFailures suppressed) =>
        suppressed with { For = TimeSpan.FromMinutes(Math.Round(suppressed.For.TotalMinutes, 1)) };
}

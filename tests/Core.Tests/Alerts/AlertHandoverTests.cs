using CacheOrleans.Alerts;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>What happens to alerts when the coordinator is lost or does not respond.</summary>
public sealed class AlertHandoverTests
{
    [Fact]
    public void Coordinator_Replaced_SuccessorKeepsCooldownsAndPlaces()
    {
        var alerts = new TestAlerts(3);
        for (var i = 1; i <= 6; i++)
        {
            alerts.Fail($"cache{i}");
        }

        alerts.Deliver();
        alerts.PassMinutes(4);
        Assert.Empty(alerts.Replace(2));
        alerts.Fail("cache1", silo: 1, times: 3);
        alerts.Fail("cache7", silo: 2);
        Assert.Equal(6, alerts.Sent.Count);

        alerts.PassMinutes(7);
        alerts.Fail("cache1", silo: 1);

        var digest = Assert.Single(alerts.Sent, notice => notice.Suppressed is not null);
        Assert.Equal(("cache1", 3), (digest.Key.Name, digest.Suppressed!.Failures));
    }

    [Fact]
    public void Coordinator_ReplacedBeforeDelivery_SuccessorDeliversTheSameId()
    {
        var alerts = new TestAlerts(3);
        alerts.Fail(silo: 0);
        var sent = Assert.Single(alerts.Sent);

        Assert.Equal(sent, Assert.Single(alerts.Replace(1, 2)));
        Assert.Equal(sent, Assert.Single(alerts.Coordinator.Table(alerts.Now).Undelivered));
    }

    [Fact]
    public void Coordinator_ReplacedAfterDelivery_NothingIsDeliveredAgain()
    {
        var alerts = new TestAlerts(3);
        alerts.Fail();
        alerts.Deliver();

        Assert.Empty(alerts.Replace(1));
    }

    /// <remarks>It asked no silo that knew of the alert; the first report brings it up to date.</remarks>
    [Fact]
    public void Coordinator_TookOverWithoutAskingSilos_LearnsFromAReport()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail();
        alerts.Replace();
        alerts.Fail(silo: 1);
        alerts.Pass(alerts.Options.FlushInterval);

        Assert.Single(alerts.Sent.DistinctBy(notice => notice.Id));
        Assert.Equal(2, alerts.Sent.Count);
    }

    [Fact]
    public void Problem_AnnouncedByAFormerCoordinator_IsResolvedByTheNext()
    {
        var alerts = new TestAlerts(2);
        alerts.Fail();
        alerts.Deliver();
        alerts.PassMinutes(3);
        alerts.Replace(0, 1);
        alerts.Succeed(silo: 1);
        alerts.PassMinutes(2);

        Assert.Equal(AlertNoticeKind.Resolved, alerts.Sent[1].Kind);
        Assert.InRange(alerts.Sent[1].FailingFor, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(4.5));
    }

    [Fact]
    [Trait("Row", "A6")]
    public void Coordinator_Unresponsive_SiloSendsOnceAfterTheGrace()
    {
        var alerts = new TestAlerts(2) { IsUnresponsive = true };
        alerts.Fail();
        alerts.Pass(SiloAlerts.Grace - TimeSpan.FromMilliseconds(1));
        Assert.Empty(alerts.SentBySilos);

        alerts.Pass(TimeSpan.FromMilliseconds(2));
        alerts.Fail(times: 7);
        alerts.PassMinutes(9);
        alerts.Fail();

        Assert.Equal(AlertNoticeKind.Failing, Assert.Single(alerts.SentBySilos).Kind);
    }

    [Fact]
    public void Coordinator_BackWithinTheGrace_AlertIsSentOnce()
    {
        var alerts = new TestAlerts(3) { IsUnresponsive = true };
        for (var silo = 0; silo < 3; silo++)
        {
            alerts.Fail(silo: silo);
        }

        alerts.Pass(TimeSpan.FromSeconds(4));
        alerts.IsUnresponsive = false;
        alerts.Pass(TimeSpan.FromSeconds(5));

        Assert.Single(alerts.Sent);
        Assert.Empty(alerts.SentBySilos);
    }

    [Fact]
    public void Coordinator_BackAfterASiloSentAnAlert_LearnsItsCooldownAndResolves()
    {
        var alerts = new TestAlerts(2) { IsUnresponsive = true };
        alerts.Fail(times: 3);
        alerts.PassMinutes(1);
        alerts.IsUnresponsive = false;
        alerts.PassMinutes(1);
        alerts.Fail(silo: 1);
        Assert.Empty(alerts.Sent);
        Assert.Single(alerts.SentBySilos);

        alerts.Succeed();
        alerts.PassMinutes(2);

        var resolved = Assert.Single(alerts.Sent);
        Assert.Equal(AlertNoticeKind.Resolved, resolved.Kind);
        Assert.Equal((3, 2), (resolved.Suppressed!.Failures, resolved.Suppressed.Silos));
    }

    /// <remarks>Otherwise each silo would send its own resolved message, because none knows of the others.</remarks>
    [Fact]
    public void Silo_CoordinatorIsUnresponsive_DoesNotResolveWhatTheCoordinatorAnnounced()
    {
        var alerts = new TestAlerts(3);
        alerts.Fail(times: 3);
        alerts.IsUnresponsive = true;
        alerts.PassMinutes(1);
        alerts.Succeed(silo: 0);
        alerts.Succeed(silo: 1);
        alerts.PassMinutes(30);
        Assert.Empty(alerts.SentBySilos);

        alerts.IsUnresponsive = false;
        alerts.PassMinutes(2);

        Assert.Equal([AlertNoticeKind.Failing, AlertNoticeKind.Resolved], alerts.Sent.Select(notice => notice.Kind));
    }

    [Fact]
    public void Silo_NoResponseAtTheStart_WaitsTheFullGraceLater()
    {
        var alerts = new TestAlerts { IsUnresponsive = true };
        var silo = new SiloAlerts("late", alerts.Options, new Random(9), alerts.Now);
        Assert.Empty(silo.OnNoAnswer(alerts.Now, default, silo.Report(alerts.Now, TestAlerts.Closed)));
        Assert.Equal(TimeSpan.MaxValue, silo.NextReport);

        var later = TimeSpan.FromHours(1);
        silo.OnFailure(later, TestAlerts.User, AlertStage.Read, null, "it failed");
        silo.Describe(TestAlerts.User, TestAlerts.Describe(silo.Undescribed[0], "late"));

        Assert.Empty(silo.OnNoAnswer(later, default, silo.Report(later, TestAlerts.Closed)));
        var end = later + SiloAlerts.Grace;
        Assert.Single(silo.OnNoAnswer(end, default, silo.Report(end, TestAlerts.Closed)));
    }
}

using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>A failure occurs after the earlier failures were described, but before the report is made.</summary>
public sealed class FailureBeforeReportTests
{
    private readonly AlertThrottle _coordinator = new(new AlertOptions(), new Random(1));
    private readonly SiloAlerts _silo = new("silo1", new AlertOptions(), new Random(2), TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Row", "L4")]
    public void Report_FailureNotYetDescribed_IsSentWithTheNext(bool isAnotherKeyHeld)
    {
        if (isAnotherKeyHeld)
        {
            Fail("user");
            Assert.Single(Report());
        }

        Fail("order");
        Assert.Empty(Report(isDescribed: false));

        var notice = Assert.Single(Report());
        Assert.Equal(AlertKey.Cache("order"), notice.Key);
        Assert.Null(notice.Suppressed);
    }

    [Fact]
    public void Report_EverythingIsReported_IsNotDueAtOnce()
    {
        Fail("user");
        Report();
        Fail("order");
        Report(isDescribed: false);
        Report();

        Assert.True(_silo.NextReport > TimeSpan.Zero);
    }

    private void Fail(string cache) => _silo.OnFailure(
        TimeSpan.Zero, AlertKey.Cache(cache), AlertStage.Read, new TimeoutException("too late"), null);

    private IReadOnlyList<AlertNotice> Report(bool isDescribed = true)
    {
        foreach (var evidence in isDescribed ? _silo.Undescribed : [])
        {
            _silo.Describe(
                evidence.Key,
                new(evidence.Id, evidence.Stage, "It failed.", null, null, "silo1", BreakerState.Closed));
        }

        var report = _silo.Report(TimeSpan.Zero, TestAlerts.Closed);
        var outcome = _coordinator.Report(TimeSpan.Zero, DateTimeOffset.UnixEpoch, report);
        _silo.OnAnswer(TimeSpan.Zero, outcome.Answer);
        return outcome.Notices;
    }
}

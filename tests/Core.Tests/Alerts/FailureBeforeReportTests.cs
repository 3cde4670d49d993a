using CacheOrleans.Alerts;
using CacheOrleans.Breaker;

namespace CacheOrleans.Core.Tests.Alerts;

/// <summary>Something fails after the failures before it were put into words, and before the report is made.</summary>
public sealed class FailureBeforeReportTests
{
    private readonly AlertThrottle _coordinator = new(new AlertOptions(), new Random(1));
    private readonly SiloAlerts _silo = new("silo1", new AlertOptions(), new Random(2), TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Row", "L4")]
    public void Report_FailureIsNotInWordsYet_IsToldWithTheNext(bool isSomethingElseHeld)
    {
        if (isSomethingElseHeld)
        {
            Fail("user");
            Assert.Single(Report());
        }

        Fail("order");
        Assert.Empty(Report(isInWords: false));

        var notice = Assert.Single(Report());
        Assert.Equal(AlertKey.Cache("order"), notice.Key);
        Assert.Null(notice.Suppressed);
    }

    [Fact]
    public void Report_AllIsTold_IsNotDueAtOnce()
    {
        Fail("user");
        Report();
        Fail("order");
        Report(isInWords: false);
        Report();

        Assert.True(_silo.NextReport > TimeSpan.Zero);
    }

    private void Fail(string cache) => _silo.OnFailure(
        TimeSpan.Zero, AlertKey.Cache(cache), AlertStage.Read, new TimeoutException("too late"), null);

    private IReadOnlyList<AlertNotice> Report(bool isInWords = true)
    {
        foreach (var evidence in isInWords ? _silo.Undescribed : [])
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

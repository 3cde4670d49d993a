using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Breaker;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class BreakerAlertsTests : IAsyncLifetime
{
    private BreakerCluster _cluster = null!;
    private AlertReplica _replica = null!;
    private BreakerAlerts _alerts = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await BreakerCluster.StartAsync(1);
        _replica = ActivatorUtilities.CreateInstance<AlertReplica>(_cluster[0].Services);
        _alerts = new BreakerAlerts(_replica);
    }

    public async ValueTask DisposeAsync()
    {
        _replica.Dispose();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData(12, 3, 2, "12 failures of 3 caches on 2 silos")]
    [InlineData(1, 1, 1, "1 failure of 1 cache on 1 silo")]
    public void Transition_Opened_AlertStatesTheReason(int failures, int caches, int silos, string reason)
    {
        _alerts.OnTransition(Transition(BreakerState.Closed, BreakerState.Open, TransitionCause.Failures) with
        {
            Failures = failures,
            Caches = caches,
            Silos = silos,
        });

        var evidence = Assert.Single(_replica.Undescribed);
        Assert.Equal(
            (AlertKey.Breaker, $"The circuit breaker opened: {reason}; Redis is skipped for 180 s."),
            (evidence.Key, evidence.What));
    }

    [Fact]
    public void LocalTransition_Opened_AlertNamesThisSiloOnly()
    {
        _alerts.OnLocalTransition(Transition(BreakerState.Closed, BreakerState.Open, TransitionCause.Failures));

        var evidence = Assert.Single(_replica.Undescribed);
        Assert.Equal(AlertKey.SiloBreaker, evidence.Key);
        Assert.StartsWith(
            "The local circuit breaker of this silo opened: 12", evidence.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BreakerState.HalfOpen, BreakerState.Open, TransitionCause.ProbeFailed)]
    [InlineData(BreakerState.Closed, BreakerState.Open, TransitionCause.Adopted)]
    [InlineData(BreakerState.Closed, BreakerState.Isolated, TransitionCause.Adopted)]
    [InlineData(BreakerState.Open, BreakerState.HalfOpen, TransitionCause.BreakEnded)]
    [InlineData(BreakerState.Open, BreakerState.Closed, TransitionCause.BreakEnded)]
    public void Transition_WithoutAFailureOrAnAnswerOfTheStore_IsNotAlerted(
        BreakerState from, BreakerState to, TransitionCause cause)
    {
        _alerts.OnTransition(Transition(from, to, cause));

        Assert.False(_replica.HasProblems);
        Assert.Empty(_replica.Undescribed);
        Assert.Null(Report().Changes);
    }

    [Theory]
    [InlineData(BreakerState.Closed, BreakerState.Isolated)]
    [InlineData(BreakerState.Open, BreakerState.Isolated)]
    [InlineData(BreakerState.Isolated, BreakerState.Closed)]
    [InlineData(BreakerState.Open, BreakerState.Disabled)]
    public void Transition_MadeManually_IsAlertedAsAManualChange(BreakerState from, BreakerState to)
    {
        _alerts.OnTransition(Transition(from, to, TransitionCause.Manual) with { By = "ops" });

        var change = Assert.Single(Report().Changes!);
        Assert.Equal((from, to, "ops"), (change.From, change.To, change.By));
    }

    [Fact]
    public void Transition_AfterSuccessfulProbes_CountsAsAnAnswerOfTheStore()
    {
        var opened = Transition(BreakerState.Closed, BreakerState.Open, TransitionCause.Failures);
        var closed = Transition(BreakerState.HalfOpen, BreakerState.Closed, TransitionCause.ProbesSucceeded);
        _alerts.OnTransition(opened);
        _alerts.OnLocalTransition(opened);
        foreach (var evidence in _replica.Undescribed)
        {
            _replica.Describe(evidence.Key, new(
                evidence.Id, evidence.Stage, evidence.What!, null, null, "silo", BreakerState.Open));
        }

        _alerts.OnTransition(closed);
        _alerts.OnLocalTransition(closed);

        var keys = Report().Keys;
        Assert.Equal([AlertKey.Breaker, AlertKey.SiloBreaker], keys.Select(key => key.Key));
        Assert.All(keys, key => Assert.NotNull(Assert.Single(key.Stages).SinceSuccess));
    }

    private AlertReport Report() => _replica.Report(_cluster[0].Replica.View);

    private static BreakerTransition Transition(BreakerState from, BreakerState to, TransitionCause cause) => new(
        from, to, cause, default, TimeSpan.FromMinutes(3), Attempt: 0, Failures: 12, Caches: 3, Silos: 2);
}

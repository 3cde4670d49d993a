using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class BreakerDiagnosticsTests : IDisposable
{
    private readonly BreakerAlarmRecorder _alarm = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly BreakerDiagnostics _diagnostics;

    public BreakerDiagnosticsTests() => _diagnostics = new BreakerDiagnostics(
        ActivatorUtilities.CreateInstance<BreakerMetrics>(_services),
        _alarm,
        NullLogger<BreakerDiagnostics>.Instance);

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Transition_Opened_AlertStatesTheReason()
    {
        _diagnostics.OnTransition(Transition(BreakerState.Closed, BreakerState.Open, TransitionCause.Failures));

        Assert.Equal(
            (AlertKey.Breaker,
                "The circuit breaker opened: 12 failures of 3 caches on 2 silos; Redis is skipped for 180 s."),
            Assert.Single(_alarm.Reports));
    }

    [Fact]
    public void LocalTransition_Opened_AlertNamesThisSiloOnly()
    {
        _diagnostics.OnLocalTransition(Transition(BreakerState.Closed, BreakerState.Open, TransitionCause.Failures));

        var (key, what) = Assert.Single(_alarm.Reports);
        Assert.Equal(AlertKey.SiloBreaker, key);
        Assert.StartsWith("The local circuit breaker of this silo opened: 12", what, StringComparison.Ordinal);
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
        _diagnostics.OnTransition(Transition(from, to, cause));

        Assert.Empty(_alarm.Reports);
    }

    [Theory]
    [InlineData(BreakerState.Closed, BreakerState.Isolated)]
    [InlineData(BreakerState.Open, BreakerState.Isolated)]
    [InlineData(BreakerState.Isolated, BreakerState.Closed)]
    [InlineData(BreakerState.Open, BreakerState.Disabled)]
    public void Transition_MadeManually_IsAlertedAsAManualChange(BreakerState from, BreakerState to)
    {
        _diagnostics.OnTransition(Transition(from, to, TransitionCause.Manual) with { By = "ops" });

        Assert.Equal((AlertKey.BreakerChange, $"{from} to {to} by ops"), Assert.Single(_alarm.Reports));
    }

    [Fact]
    public void Transition_AfterSuccessfulProbes_CountsAsAnAnswerOfTheStore()
    {
        var closed = Transition(BreakerState.HalfOpen, BreakerState.Closed, TransitionCause.ProbesSucceeded);
        _diagnostics.OnTransition(closed);
        _diagnostics.OnLocalTransition(closed);

        Assert.Equal([(AlertKey.Breaker, null), (AlertKey.SiloBreaker, null)], _alarm.Reports);
    }

    private static BreakerTransition Transition(BreakerState from, BreakerState to, TransitionCause cause) => new(
        from, to, cause, default, TimeSpan.FromMinutes(3), Attempt: 0, Failures: 12, Caches: 3, Silos: 2);
}

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
    public void Transition_Opened_TheAlarmSaysWhy()
    {
        _diagnostics.OnTransition(Transition(BreakerState.Closed, BreakerState.Open, TransitionCause.Failures));

        Assert.Equal(
            (AlertKey.Breaker,
                "The circuit breaker opened: 12 failures of 3 caches on 2 silos; Redis is skipped for 180 s."),
            Assert.Single(_alarm.Told));
    }

    [Fact]
    public void LocalTransition_Opened_TheAlarmSaysThatItIsThisSiloOnly()
    {
        _diagnostics.OnLocalTransition(Transition(BreakerState.Closed, BreakerState.Open, TransitionCause.Failures));

        var (key, what) = Assert.Single(_alarm.Told);
        Assert.Equal(AlertKey.SiloBreaker, key);
        Assert.StartsWith("The circuit breaker of this silo only opened: 12", what, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BreakerState.Closed, BreakerState.Isolated, TransitionCause.ByHand, true)]
    [InlineData(BreakerState.Disabled, BreakerState.Isolated, TransitionCause.ByHand, true)]
    [InlineData(BreakerState.HalfOpen, BreakerState.Open, TransitionCause.ProbeFailed, false)]
    [InlineData(BreakerState.Open, BreakerState.Isolated, TransitionCause.ByHand, false)]
    [InlineData(BreakerState.Closed, BreakerState.Open, TransitionCause.Adopted, false)]
    [InlineData(BreakerState.Closed, BreakerState.Isolated, TransitionCause.Adopted, false)]
    [InlineData(BreakerState.Open, BreakerState.HalfOpen, TransitionCause.BreakEnded, false)]
    public void Transition_OnlyTheBeginningOfAProblemIsAFailure(
        BreakerState from, BreakerState to, TransitionCause cause, bool isFailure)
    {
        _diagnostics.OnTransition(Transition(from, to, cause));

        Assert.Equal(isFailure ? 1 : 0, _alarm.Told.Count);
        Assert.All(_alarm.Told, told => Assert.Equal("The circuit breaker was isolated: by hand.", told.What));
    }

    [Theory]
    [InlineData(BreakerState.HalfOpen, BreakerState.Closed, TransitionCause.ProbesSucceeded)]
    [InlineData(BreakerState.Isolated, BreakerState.Closed, TransitionCause.ByHand)]
    [InlineData(BreakerState.Open, BreakerState.Disabled, TransitionCause.ByHand)]
    public void Transition_ThatUsesTheStoreAgain_IsASuccess(BreakerState from, BreakerState to, TransitionCause cause)
    {
        _diagnostics.OnTransition(Transition(from, to, cause));
        _diagnostics.OnLocalTransition(Transition(from, to, cause));

        Assert.Equal([(AlertKey.Breaker, null), (AlertKey.SiloBreaker, null)], _alarm.Told);
    }

    private static BreakerTransition Transition(BreakerState from, BreakerState to, TransitionCause cause) => new(
        from, to, cause, default, TimeSpan.FromMinutes(3), Attempt: 0, Failures: 12, Names: 3, Silos: 2);
}

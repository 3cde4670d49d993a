using System.Diagnostics.Metrics;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Diagnostics;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The circuit breaker's instruments on the meter <c>CacheOrleans</c>.</summary>
internal sealed class BreakerMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _reports;
    private readonly Counter<long> _probes;
    private readonly Counter<long> _late;

    public BreakerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(CacheMetrics.MeterName);
        _transitions = _meter.CreateCounter<long>(
            "cacheorleans.breaker.transitions",
            "{transition}",
            "Transitions of the cluster's breaker or of one silo's own, counted where they are decided");
        _reports = _meter.CreateCounter<long>(
            "cacheorleans.breaker.reports", "{report}", "Reports to the coordinator, by whether it answered in time");
        _probes = _meter.CreateCounter<long>(
            "cacheorleans.breaker.probes", "{probe}", "Probes of the store after a break");
        _late = _meter.CreateCounter<long>(
            "cacheorleans.breaker.late", "{result}", "Ignored results of calls that began before a transition");
    }

    public void OnTransition(BreakerTransition transition, bool isLocal) => _transitions.Add(
        1,
        new("from", Name(transition.From)),
        new("to", Name(transition.To)),
        new("scope", isLocal ? "silo" : "cluster"));

    public void OnReport(bool isAnswered) =>
        _reports.Add(1, new KeyValuePair<string, object?>("result", isAnswered ? "answered" : "unanswered"));

    public void OnProbe(bool isSuccess) =>
        _probes.Add(1, new KeyValuePair<string, object?>("result", isSuccess ? "success" : "failure"));

    public void OnLate() => _late.Add(1);

    /// <summary>Creates two gauges that show this silo's view.</summary>
    public void Observe(Func<BreakerState> state, Func<int> failures)
    {
        _meter.CreateObservableGauge(
            "cacheorleans.breaker.state",
            () => Number(state()),
            unit: null,
            "The state that this silo applies: 0 closed, 1 half-open, 2 open, 3 isolated, 4 disabled");
        _meter.CreateObservableGauge(
            "cacheorleans.breaker.failures",
            failures,
            "{failure}",
            "This silo's failures within the sampling duration");
    }

    private static int Number(BreakerState state) => state switch
    {
        BreakerState.Closed => 0,
        BreakerState.HalfOpen => 1,
        BreakerState.Open => 2,
        BreakerState.Isolated => 3,
        BreakerState.Disabled => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static string Name(BreakerState state) => state switch
    {
        BreakerState.Closed => "closed",
        BreakerState.HalfOpen => "halfOpen",
        BreakerState.Open => "open",
        BreakerState.Isolated => "isolated",
        BreakerState.Disabled => "disabled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}

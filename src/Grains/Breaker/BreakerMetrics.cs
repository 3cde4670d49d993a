using System.Diagnostics.Metrics;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Diagnostics;

namespace CacheOrleans.Grains.Breaker;

/// <summary>What is measured of the circuit breaker, on the meter <c>CacheOrleans</c>.</summary>
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
            "Changes of state, counted where they are decided: of the cluster's breaker, or of one silo's own");
        _reports = _meter.CreateCounter<long>(
            "cacheorleans.breaker.reports", "{report}", "Reports to the coordinator, answered in time or not");
        _probes = _meter.CreateCounter<long>(
            "cacheorleans.breaker.probes", "{probe}", "Probes of the store after a break");
        _late = _meter.CreateCounter<long>(
            "cacheorleans.breaker.late", "{result}", "Results of calls that began before a change of state");
    }

    public void OnTransition(BreakerTransition transition, bool isLocal) => _transitions.Add(
        1,
        new("from", Name(transition.From)),
        new("to", Name(transition.To)),
        new("scope", isLocal ? "silo" : "cluster"));

    public void OnReport(bool isAnswered) =>
        _reports.Add(1, new KeyValuePair<string, object?>("result", isAnswered ? "answered" : "silent"));

    public void OnProbe(bool isSuccess) =>
        _probes.Add(1, new KeyValuePair<string, object?>("result", isSuccess ? "success" : "failure"));

    public void OnLate() => _late.Add(1);

    /// <summary>Shows this silo's view in two gauges.</summary>
    public void Observe(Func<BreakerState> state, Func<int> failures)
    {
        _meter.CreateObservableGauge(
            "cacheorleans.breaker.state",
            () => Number(state()),
            unit: null,
            "What this silo does: 0 closed, 1 half open, 2 open, 3 isolated, 4 disabled");
        _meter.CreateObservableGauge(
            "cacheorleans.breaker.failures", failures, "{failure}", "This silo's failures inside the window");
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

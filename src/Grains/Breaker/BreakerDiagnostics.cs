using System.Globalization;
using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Coordination;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Counts and logs the breaker's events on this silo, and raises alerts.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BreakerDiagnostics(
    BreakerMetrics metrics, IBreakerAlerts alerts, ILogger<BreakerDiagnostics> logger) : ICoordinatorDiagnostics
{
    /// <summary>Records that the cluster's breaker has changed; called only by its coordinator.</summary>
    public void OnTransition(BreakerTransition transition)
    {
        metrics.OnTransition(transition, isLocal: false);
        var (level, reason) = (Level(transition), Reason(transition));
        logger.BreakerChanged(level, transition.From, transition.To, reason);
        Alert(AlertKey.Breaker, "The circuit breaker", transition);
    }

    /// <summary>Records that this silo's own breaker has changed.</summary>
    public void OnLocalTransition(BreakerTransition transition)
    {
        metrics.OnTransition(transition, isLocal: true);
        var (level, reason) = (Level(transition), Reason(transition));
        logger.SiloBreakerChanged(level, transition.From, transition.To, reason);
        Alert(AlertKey.SiloBreaker, "The local circuit breaker of this silo", transition);
    }

    public void OnReport(bool isAnswered) => metrics.OnReport(isAnswered);

    public void OnUnresponsive(Exception exception) => logger.CoordinatorUnresponsive(exception);

    public void OnResponsive() => logger.CoordinatorAnswers();

    public void OnProbed(bool isSuccess) => metrics.OnProbe(isSuccess);

    public void OnLate() => metrics.OnLate();

    public void OnError(Exception error) => logger.BreakerReportFailed(error);

    public void Observe(Func<BreakerState> state, Func<int> failures) => metrics.Observe(state, failures);

    /// <summary>Raises the alerts of a transition.</summary>
    /// <remarks>Failures that open a breaker are a problem until probes or successful calls show that the store
    /// responds. The problem continues when a probe fails, and when a new coordinator adopts the state. A manual change
    /// is announced as such: it is not a failure, nor does it show that the store responds.</remarks>
    private void Alert(AlertKey key, string subject, BreakerTransition transition)
    {
        switch (transition.Cause)
        {
            case TransitionCause.Failures:
                alerts.OnOpened(key, $"{subject} opened: {Reason(transition)}.");
                break;
            case TransitionCause.ProbesSucceeded:
                alerts.OnStoreAnswers(key);
                break;
            case TransitionCause.Manual:
                alerts.OnManualChange(transition);
                break;
            case TransitionCause.BreakEnded or TransitionCause.ProbeFailed or TransitionCause.Adopted:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(transition), transition.Cause, null);
        }
    }

    /// <summary>Returns the log level: a warning when the store begins to be skipped, but not when a new coordinator
    /// only adopts that state.</summary>
    private static LogLevel Level(BreakerTransition transition) =>
        transition.To is BreakerState.Open or BreakerState.Isolated && transition.Cause != TransitionCause.Adopted
            ? LogLevel.Warning
            : LogLevel.Information;

    private static string Reason(BreakerTransition transition) => transition.Cause switch
    {
        TransitionCause.Failures => string.Create(
            CultureInfo.InvariantCulture,
            $"{transition.Failures} failures of {transition.Caches} caches on {transition.Silos} silos; "
                + $"Redis is skipped for {transition.BreakDuration?.TotalSeconds:0.#} s"),
        TransitionCause.ProbeFailed => string.Create(
            CultureInfo.InvariantCulture,
            $"probes failed; Redis is skipped for another {transition.BreakDuration?.TotalSeconds:0.#} s "
                + $"(attempt {transition.Attempt})"),
        TransitionCause.BreakEnded => "the break has ended",
        TransitionCause.ProbesSucceeded => "Redis responds again",
        TransitionCause.Manual => transition.By is { } by ? $"changed manually by {by}" : "changed manually",
        TransitionCause.Adopted => "a new coordinator has adopted the state from a silo",
        _ => throw new ArgumentOutOfRangeException(nameof(transition), transition.Cause, null),
    };
}

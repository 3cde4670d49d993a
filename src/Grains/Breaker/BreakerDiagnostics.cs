using System.Globalization;
using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Entries;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Counts and logs what happens to the breaker on this silo, and raises the alarm.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BreakerDiagnostics(
    BreakerMetrics metrics, IBreakerAlerts alarm, ILogger<BreakerDiagnostics> logger)
{
    private readonly Latch _silent = new();

    /// <summary>The cluster's breaker changed; told by its coordinator alone.</summary>
    public void OnTransition(BreakerTransition transition)
    {
        metrics.OnTransition(transition, isLocal: false);
        var (level, reason) = (Level(transition), Reason(transition));
        logger.BreakerChanged(level, transition.From, transition.To, reason);
        Alert(AlertKey.Breaker, "The circuit breaker", transition);
    }

    /// <summary>This silo's own breaker changed.</summary>
    public void OnLocalTransition(BreakerTransition transition)
    {
        metrics.OnTransition(transition, isLocal: true);
        var (level, reason) = (Level(transition), Reason(transition));
        logger.SiloBreakerChanged(level, transition.From, transition.To, reason);
        Alert(AlertKey.SiloBreaker, "The circuit breaker of this silo only", transition);
    }

    public void OnAnswered()
    {
        metrics.OnReport(isAnswered: true);
        if (_silent.Turn(false))
        {
            logger.CoordinatorAnswers();
        }
    }

    public void OnSilent(Exception why)
    {
        metrics.OnReport(isAnswered: false);
        if (_silent.Turn(true))
        {
            logger.CoordinatorSilent(why);
        }
    }

    public void OnProbed(bool isSuccess) => metrics.OnProbe(isSuccess);

    public void OnLate() => metrics.OnLate();

    public void OnError(Exception error) => logger.BreakerReportFailed(error);

    public void Observe(Func<BreakerState> state, Func<int> failures) => metrics.Observe(state, failures);

    /// <summary>Failures that open a breaker are a problem until the store answers, which probes show, or calls that
    /// succeed. The problem goes on when a probe fails and when a new coordinator learns of it. What somebody changes
    /// manually is announced as that: it neither is a failure nor shows that the store answers.</summary>
    private void Alert(AlertKey key, string subject, BreakerTransition transition)
    {
        switch (transition.Cause)
        {
            case TransitionCause.Failures:
                alarm.OnOpened(key, $"{subject} opened: {Reason(transition)}.");
                break;
            case TransitionCause.ProbesSucceeded:
                alarm.OnStoreAnswers(key);
                break;
            case TransitionCause.ByHand:
                alarm.OnManualChange(transition);
                break;
            case TransitionCause.BreakEnded or TransitionCause.ProbeFailed or TransitionCause.Adopted:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(transition), transition.Cause, null);
        }
    }

    /// <summary>To skip the store is worth a warning, but not when a new coordinator only learns of it.</summary>
    private static LogLevel Level(BreakerTransition transition) =>
        transition.To is BreakerState.Open or BreakerState.Isolated && transition.Cause != TransitionCause.Adopted
            ? LogLevel.Warning
            : LogLevel.Information;

    private static string Reason(BreakerTransition transition) => transition.Cause switch
    {
        TransitionCause.Failures => string.Create(
            CultureInfo.InvariantCulture,
            $"{transition.Failures} failures of {transition.Names} caches on {transition.Silos} silos; "
                + $"Redis is skipped for {transition.BreakDuration?.TotalSeconds:0.#} s"),
        TransitionCause.ProbeFailed => string.Create(
            CultureInfo.InvariantCulture,
            $"Redis is not well yet; it is skipped for {transition.BreakDuration?.TotalSeconds:0.#} s "
                + $"(attempt {transition.Attempt})"),
        TransitionCause.BreakEnded => "the break has ended",
        TransitionCause.ProbesSucceeded => "Redis is well again",
        TransitionCause.ByHand => transition.By is { } by ? $"changed manually by {by}" : "changed manually",
        TransitionCause.Adopted => "a new coordinator learned it from a silo",
        _ => throw new ArgumentOutOfRangeException(nameof(transition), transition.Cause, null),
    };
}

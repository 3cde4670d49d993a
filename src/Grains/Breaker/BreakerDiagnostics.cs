using CacheOrleans.Breaker;
using CacheOrleans.Grains.Coordination;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Counts and logs the breaker's events on this silo.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BreakerDiagnostics(BreakerMetrics metrics, ILogger<BreakerDiagnostics> logger)
    : ICoordinatorDiagnostics
{
    /// <summary>Records that the cluster's breaker has changed; called only by its coordinator.</summary>
    public void OnTransition(BreakerTransition transition)
    {
        metrics.OnTransition(transition, isLocal: false);
        var (level, reason) = (Level(transition), transition.Reason());
        logger.BreakerChanged(level, transition.From, transition.To, reason);
    }

    /// <summary>Records that this silo's own breaker has changed.</summary>
    public void OnLocalTransition(BreakerTransition transition)
    {
        metrics.OnTransition(transition, isLocal: true);
        var (level, reason) = (Level(transition), transition.Reason());
        logger.SiloBreakerChanged(level, transition.From, transition.To, reason);
    }

    public void OnReport(bool isAnswered) => metrics.OnReport(isAnswered);

    public void OnUnresponsive(Exception exception) => logger.CoordinatorUnresponsive(exception);

    public void OnResponsive() => logger.CoordinatorAnswers();

    public void OnProbed(bool isSuccess) => metrics.OnProbe(isSuccess);

    public void OnLate() => metrics.OnLate();

    public void OnError(Exception error) => logger.BreakerReportFailed(error);

    public void Observe(Func<BreakerState> state, Func<int> failures) => metrics.Observe(state, failures);

    /// <summary>Returns the log level: a warning when the store begins to be skipped, but not when a new coordinator
    /// only adopts that state.</summary>
    private static LogLevel Level(BreakerTransition transition) =>
        transition.To is BreakerState.Open or BreakerState.Isolated && transition.Cause != TransitionCause.Adopted
            ? LogLevel.Warning
            : LogLevel.Information;
}

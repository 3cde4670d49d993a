using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Alerts;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Raises the alerts of the breakers' transitions.</summary>
/// <remarks>Thread-safe. Failures that open a breaker are a problem until probes or successful calls show that the
/// store responds. The problem continues when a probe fails, and when a new coordinator adopts the state. A manual
/// change is announced as such: it is not a failure, nor does it show that the store responds.</remarks>
internal sealed class BreakerAlerts(AlertReplica alerts)
{
    /// <summary>Records that the cluster's breaker has changed; called only by its coordinator.</summary>
    public void OnTransition(BreakerTransition transition) =>
        Raise(AlertKey.Breaker, "The circuit breaker", transition);

    /// <summary>Records that this silo's own breaker has changed.</summary>
    public void OnLocalTransition(BreakerTransition transition) =>
        Raise(AlertKey.SiloBreaker, "The local circuit breaker of this silo", transition);

    private void Raise(AlertKey key, string subject, BreakerTransition transition)
    {
        switch (transition.Cause)
        {
            case TransitionCause.Failures:
                alerts.OnOpened(key, $"{subject} opened: {transition.Reason()}.");
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
}

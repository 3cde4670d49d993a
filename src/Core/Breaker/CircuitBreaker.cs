#pragma warning disable
namespace CacheOrleans.Breaker;

/// <summary>The circuit breaker of one backend: it takes the silos' reports and says whether to use the backend.
/// </summary>
/// <remarks>
/// The grain has one for the cluster. Each silo has one for itself alone, for when the grain cannot be reached, or does
/// not find what ails this silo in the others. Its owner serialises access. Times are of one monotonic clock.
/// </remarks>
/// <param name="settings">The settings it begins with.</param>
/// <param name="random">Where the jitter comes from.</param>
/// <param name="now">The time.</param>
public sealed class CircuitBreaker(BreakerOptions settings, Random random, TimeSpan now)
{
    private readonly object _unused = (settings, random, now);

    /// <summary>How often a healthy silo reports.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>Takes a report; a permit in the answer is leave for one probe.</summary>
    public BreakerDecision Report(TimeSpan now, BreakerReport report) => throw new NotImplementedException();

    /// <summary>Skips the backend until somebody says otherwise.</summary>
    public BreakerTransition? Isolate(TimeSpan now) => throw new NotImplementedException();

    /// <summary>Uses the backend again and forgets all failures.</summary>
    public BreakerTransition? Close(TimeSpan now) => throw new NotImplementedException();

    /// <summary>Uses the backend whatever happens.</summary>
    public BreakerTransition? Disable(TimeSpan now) => throw new NotImplementedException();

    /// <summary>Changes the settings, which have been checked.</summary>
    public void Change(TimeSpan now, BreakerOptions changed) => throw new NotImplementedException();

    /// <summary>What holds now.</summary>
    public BreakerSnapshot Snapshot(TimeSpan now) => throw new NotImplementedException();

    /// <summary>What there is to know of the failures and of who reported them.</summary>
    public BreakerEvidence Evidence(TimeSpan now) => throw new NotImplementedException();
}

namespace CacheOrleans.Breaker;

/// <summary>Holds one silo's latest report, with its times on the coordinator's clock.</summary>
internal sealed class Member(TimeSpan now)
{
    public TimeSpan JoinedAt { get; } = now;

    public long Sequence { get; private set; }

    public TimeSpan HeardAt { get; private set; }

    public TimeSpan? LastCallAt { get; set; }

    public BreakerState State { get; private set; }

    public CoordinatorVersion Version { get; private set; }

    /// <summary>The silo's failures since its last success, in this term.</summary>
    public int FailuresInARow { get; private set; }

    /// <summary>The silo's failures in this term.</summary>
    public (string Name, TimeSpan At)[] Failures { get; private set; } = [];

    /// <summary>Records a report; failures of another term do not count.</summary>
    public void Accept(TimeSpan now, BreakerReport report, long term)
    {
        var counts = report.Known.Term == term;
        Sequence = report.Sequence;
        HeardAt = now;
        LastCallAt = report.SinceLastCall is { } age ? now - age : LastCallAt;
        State = report.State;
        Version = report.Known.Version;
        FailuresInARow = counts ? report.FailuresInARow : 0;
        Failures = counts ? [.. report.Failures.Select(failure => (failure.Name, now - failure.Age))] : [];
    }

    /// <summary>Forgets the failures, because a new term begins.</summary>
    public void Forget()
    {
        FailuresInARow = 0;
        Failures = [];
    }

    /// <summary>Returns the caches of the failures that still count, those more recent than the window.</summary>
    public IEnumerable<string> Recent(TimeSpan now, TimeSpan window) =>
        Failures.Where(failure => now - failure.At < window).Select(failure => failure.Name);
}

using CacheOrleans.Storage;

namespace CacheOrleans.Breaker;

/// <summary>One silo's part in the breaker: what it counts, what it was told, and its own breaker for when it is
/// told nothing.</summary>
/// <remarks>
/// <para>While the coordinator answers, the stricter of the cluster's breaker and the silo's own holds. The silo's own
/// sees only failures that are a second old: in that time the coordinator would have opened for all, if it were not
/// this silo alone that fails. While the coordinator is silent the silo's own breaker holds; it begins with what the
/// cluster's said last.</para>
/// <para>Its owner serialises access. Times are of one monotonic clock.</para>
/// </remarks>
public sealed class SiloBreaker
{
    /// <summary>How long the coordinator may take to answer a report.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly string _silo;
    private readonly LocalBreaker _own;
    private readonly SiloRecord _record = new();
    private readonly ReportSchedule _schedule;
    private BreakerSnapshot _known;
    private TimeSpan _knownAt;
    private long _sequence;
    private ProbeResult? _probe;
    private bool _isNewTerm;

    /// <summary>Begins closed, with a report due at once.</summary>
    /// <param name="silo">The silo's name; a restarted silo has another.</param>
    /// <param name="settings">The settings until it is told others.</param>
    /// <param name="random">Where the jitter of its own breaks comes from.</param>
    /// <param name="now">The time.</param>
    public SiloBreaker(string silo, BreakerOptions settings, Random random, TimeSpan now)
    {
        _silo = silo;
        _own = new LocalBreaker(settings, random, now);
        _schedule = new ReportSchedule(now);
        _known = new BreakerSnapshot(default, BreakerState.Closed, 0, null, null, 0, settings, 0);
        _knownAt = now;
    }

    /// <summary>What the silo does with calls.</summary>
    public BreakerView View { get; private set; } = new(0, BreakerState.Closed, false);

    /// <summary>Whether a success may change more than the time of the last call.</summary>
    public bool IsTroubled => _record.IsTroubled;

    /// <summary>Whether the coordinator has not answered the last report.</summary>
    public bool IsWithoutCoordinator { get; private set; }

    /// <summary>When the next report is due; in the past: at once.</summary>
    public TimeSpan NextReport => _schedule.Next(
        IsWithoutCoordinator,
        isRestless: View.State == BreakerState.HalfOpen
            || (View.State == BreakerState.Closed && _record.Count >= _known.Settings.FailureThreshold),
        breakEndsAt: View.State != BreakerState.Open ? null
            : View.IsLocal ? _own.BreakEndsAt
            : _knownAt.Plus(_known.TimeLeft ?? TimeSpan.Zero));

    /// <summary>The last snapshot it was told, with the time that is left now.</summary>
    public BreakerSnapshot Known(TimeSpan now) => _known with
    {
        TimeLeft = _known.TimeLeft is { } left ? now.Until(_knownAt.Plus(left)) : null,
        OpenFor = _known.OpenFor + (now - _knownAt),
    };

    /// <summary>How many failures inside the window the silo has recorded.</summary>
    public int CountFailures(TimeSpan now) => _record.Read(now, _known.Settings.SamplingDuration).Length;

    /// <summary>The store was used, however that went.</summary>
    public void OnUsed(TimeSpan now) => _record.OnUsed(now);

    /// <summary>A call succeeded.</summary>
    public void OnSuccess(TimeSpan now, BreakerPass pass, StoreOperation operation)
    {
        _record.OnUsed(now);
        if (Counts(pass) && _record.OnSuccess(operation))
        {
            _schedule.OnNews();
        }
    }

    /// <summary>A call failed in a way that counts.</summary>
    /// <returns>Whether it counted; false: the call began before a transition, or nothing is counted.</returns>
    public bool OnFailure(TimeSpan now, BreakerPass pass, StoreOperation operation, string cache)
    {
        _record.OnUsed(now);
        if (!Counts(pass))
        {
            return false;
        }

        _record.OnFailure(now, operation, cache, _known.Settings.SamplingDuration);

        // Not those that count: where half of a store is ill, each write that succeeds clears them.
        if (_record.FailuresAtAll <= _known.Settings.FailureThreshold)
        {
            _schedule.OnUrgentNews();
        }
        else
        {
            _schedule.OnNews();
        }

        return true;
    }

    /// <summary>Makes the report to send now.</summary>
    public BreakerReport Report(TimeSpan now)
    {
        _schedule.OnSent(now);
        return new(
            _silo,
            ++_sequence,
            Known(now),
            _record.Read(now, _known.Settings.SamplingDuration),
            _record.FailuresInARow,
            now - _record.LastUsedAt,
            _probe,
            View.State);
    }

    /// <summary>The coordinator answered a report.</summary>
    public SiloDecision OnAnswer(TimeSpan now, BreakerReport report, BreakerAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(answer);
        _probe = ReferenceEquals(_probe, report.Probe) ? null : _probe;
        Hear(now, answer.Snapshot);
        var own = _known.State == BreakerState.Closed
            ? AskOwn(now, report with { Failures = [.. report.Failures.Where(failure => failure.Age >= Grace)] })
            : default;
        Show();
        return answer.Permit is { } permit ? new(new(permit, false), own.Transition) : own;
    }

    /// <summary>The coordinator did not answer a report in time; the silo decides for itself.</summary>
    public SiloDecision OnNoAnswer(TimeSpan now, BreakerReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!IsWithoutCoordinator)
        {
            IsWithoutCoordinator = true;
            _own.TakeOver(now, Known(now));
        }

        var own = AskOwn(now, report);
        Show();
        return own;
    }

    /// <summary>The coordinator told of a change.</summary>
    public void OnPush(TimeSpan now, BreakerSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Version.Epoch != _known.Version.Epoch || snapshot.Version < _known.Version)
        {
            // A new coordinator, which may know less than this silo: it is told before it is believed.
            _schedule.OnUrgentNews();
            return;
        }

        Hear(now, snapshot);
        Show();
        if (View.State == BreakerState.HalfOpen)
        {
            _schedule.OnUrgentNews();
        }
    }

    /// <summary>A probe ended.</summary>
    public void OnProbed(TimeSpan now, SiloPermit permit, bool isSuccess)
    {
        ArgumentNullException.ThrowIfNull(permit);
        _record.OnUsed(now);
        var result = new ProbeResult(permit.Permit.Id, isSuccess);
        if (permit.IsLocal)
        {
            _own.Probe = result;
        }
        else
        {
            _probe = result;
        }

        _schedule.OnUrgentNews();
    }

    private bool Counts(BreakerPass pass) =>
        pass.Generation == View.Generation && View.State == BreakerState.Closed;

    private SiloDecision AskOwn(TimeSpan now, BreakerReport report)
    {
        var decision = _own.Ask(now, report);
        if (decision.Transition is { To: BreakerState.Closed })
        {
            _record.Clear();
            _isNewTerm = true;
        }

        return decision;
    }

    /// <summary>Takes what the coordinator says, unless it has said something later.</summary>
    private void Hear(TimeSpan now, BreakerSnapshot snapshot)
    {
        if (IsWithoutCoordinator)
        {
            IsWithoutCoordinator = false;
            _own.GiveBack(now);
        }

        if (!snapshot.Overrules(Known(now)))
        {
            return;
        }

        if (snapshot.Term != _known.Term || snapshot.State != _known.State)
        {
            _record.Clear();
            _isNewTerm = true;
        }

        _schedule.OnNews(); // so that the coordinator knows that it is known
        _own.Change(snapshot.Settings);
        (_known, _knownAt) = (snapshot, now);
        if (_known.State != BreakerState.Closed)
        {
            _own.Reset(now);
        }
    }

    private void Show()
    {
        var isLocal = IsWithoutCoordinator || (_known.State == BreakerState.Closed && _own.State != BreakerState.Closed);
        var state = isLocal ? _own.State : _known.State;
        if (_isNewTerm || state != View.State)
        {
            View = new BreakerView(View.Generation + 1, state, isLocal);
        }
        else if (isLocal != View.IsLocal)
        {
            View = View with { IsLocal = isLocal };
        }

        _isNewTerm = false;
    }
}

using CacheOrleans.Storage;

namespace CacheOrleans.Breaker;

/// <summary>One silo's part of the breaker: its counted failures, the last snapshot from the coordinator, and a local
/// breaker for when the coordinator does not respond.</summary>
/// <remarks>
/// <para>While the coordinator responds, the stricter of the cluster's breaker and the local breaker takes effect. The
/// local breaker sees only failures that are at least a second old: within that second the coordinator would have
/// opened for all silos, unless only this silo fails. While the coordinator does not respond, the local breaker takes
/// effect; it begins with the last snapshot of the cluster's breaker.</para>
/// <para>Its owner serializes access. All times are readings of one monotonic clock.</para>
/// </remarks>
public sealed class SiloBreaker
{
    /// <summary>How long the coordinator may take to answer a report.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly string _silo;
    private readonly LocalBreaker _local;
    private readonly SiloRecord _record = new();
    private readonly ReportSchedule _schedule;
    private BreakerSnapshot _known;
    private TimeSpan _knownAt;
    private long _sequence;
    private ProbeResult? _probe;
    private bool _isNewTerm;

    /// <summary>Creates a closed breaker whose first report is due at once.</summary>
    /// <param name="silo">The silo's name; a restarted silo has another.</param>
    /// <param name="settings">The settings to use until the coordinator sends others.</param>
    /// <param name="random">The source of the jitter of local breaks.</param>
    /// <param name="now">The current time.</param>
    public SiloBreaker(string silo, BreakerOptions settings, Random random, TimeSpan now)
    {
        _silo = silo;
        _local = new LocalBreaker(settings, random, now);
        _schedule = new ReportSchedule(now);
        _known = new BreakerSnapshot(default, BreakerState.Closed, 0, null, null, 0, settings, 0);
        _knownAt = now;
    }

    /// <summary>The breaker state that the silo applies to calls.</summary>
    public BreakerView View { get; private set; } = new(0, BreakerState.Closed, false);

    /// <summary>Whether failures are recorded, so that a success changes more than the time of the last call.</summary>
    public bool HasFailures => _record.HasFailures;

    /// <summary>Whether the coordinator did not respond to the last report.</summary>
    public bool IsWithoutCoordinator { get; private set; }

    /// <summary>When the next report is due; a time in the past means at once.</summary>
    public TimeSpan NextReport => _schedule.Next(
        IsWithoutCoordinator,
        isRestless: View.State == BreakerState.HalfOpen
            || (View.State == BreakerState.Closed && _record.Count >= _known.Settings.FailureThreshold),
        breakEndsAt: View.State != BreakerState.Open ? null
            : View.IsLocal ? _local.BreakEndsAt
            : _knownAt.Plus(_known.TimeLeft ?? TimeSpan.Zero));

    /// <summary>Returns the last snapshot from the coordinator, with the time that is left now.</summary>
    public BreakerSnapshot Known(TimeSpan now) => _known with
    {
        TimeLeft = _known.TimeLeft is { } left ? now.Until(_knownAt.Plus(left)) : null,
        OpenFor = _known.OpenFor + (now - _knownAt),
    };

    /// <summary>Returns how many failures the silo has recorded within the sampling duration.</summary>
    public int CountFailures(TimeSpan now) => _record.Read(now, _known.Settings.SamplingDuration).Length;

    /// <summary>Records that the store was used, whatever the result.</summary>
    public void OnUsed(TimeSpan now) => _record.OnUsed(now);

    /// <summary>Records that a call succeeded.</summary>
    public void OnSuccess(TimeSpan now, BreakerPass pass, StoreOperation operation)
    {
        _record.OnUsed(now);
        if (Counts(pass) && _record.OnSuccess(operation))
        {
            _schedule.OnNews();
        }
    }

    /// <summary>Records that a call failed in a way that counts against the store's health.</summary>
    /// <returns>Whether the failure was counted; false if the call began before a transition, or if the breaker is not
    /// closed.</returns>
    public bool OnFailure(TimeSpan now, BreakerPass pass, StoreOperation operation, string cache)
    {
        _record.OnUsed(now);
        if (!Counts(pass))
        {
            return false;
        }

        _record.OnFailure(now, operation, cache, _known.Settings.SamplingDuration);

        // Not the failures that count: if half of a store is down, each successful write to the other half clears
        // them, so that every failure would send an urgent report.
        if (_record.RecentFailures <= _known.Settings.FailureThreshold)
        {
            _schedule.OnUrgentNews();
        }
        else
        {
            _schedule.OnNews();
        }

        return true;
    }

    /// <summary>Returns the report to send now.</summary>
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

    /// <summary>Applies the coordinator's answer to a report, and returns what the silo must do.</summary>
    public SiloDecision OnAnswer(TimeSpan now, BreakerReport report, BreakerAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(answer);
        _probe = ReferenceEquals(_probe, report.Probe) ? null : _probe;
        Apply(now, answer.Snapshot);
        var own = _known.State == BreakerState.Closed
            ? ReportToLocal(now, report with { Failures = [.. report.Failures.Where(failure => failure.Age >= Grace)] })
            : default;
        UpdateView();
        return answer.Permit is { } permit ? new(new(permit, false), own.Transition) : own;
    }

    /// <summary>Called when the coordinator did not answer a report in time: the local breaker decides.</summary>
    public SiloDecision OnNoAnswer(TimeSpan now, BreakerReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!IsWithoutCoordinator)
        {
            IsWithoutCoordinator = true;
            _local.TakeOver(now, Known(now));
        }

        var own = ReportToLocal(now, report);
        UpdateView();
        return own;
    }

    /// <summary>Applies a change that the coordinator announced.</summary>
    public void OnPush(TimeSpan now, BreakerSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Version.Epoch != _known.Version.Epoch || snapshot.Version < _known.Version)
        {
            // A new coordinator may know less than this silo, so report to it before applying its state.
            _schedule.OnUrgentNews();
            return;
        }

        Apply(now, snapshot);
        UpdateView();
        if (View.State == BreakerState.HalfOpen)
        {
            _schedule.OnUrgentNews();
        }
    }

    /// <summary>Records the result of a probe, to be sent with the next report.</summary>
    public void OnProbed(TimeSpan now, SiloPermit permit, bool isSuccess)
    {
        ArgumentNullException.ThrowIfNull(permit);
        _record.OnUsed(now);
        var result = new ProbeResult(permit.Permit.Id, isSuccess);
        if (permit.IsLocal)
        {
            _local.Probe = result;
        }
        else
        {
            _probe = result;
        }

        _schedule.OnUrgentNews();
    }

    private bool Counts(BreakerPass pass) =>
        pass.Generation == View.Generation && View.State == BreakerState.Closed;

    private SiloDecision ReportToLocal(TimeSpan now, BreakerReport report)
    {
        var decision = _local.Ask(now, report);
        if (decision.Transition is { To: BreakerState.Closed })
        {
            _record.Clear();
            _isNewTerm = true;
        }

        return decision;
    }

    /// <summary>Applies a snapshot from the coordinator, unless a later one was applied before.</summary>
    private void Apply(TimeSpan now, BreakerSnapshot snapshot)
    {
        if (IsWithoutCoordinator)
        {
            IsWithoutCoordinator = false;
            _local.GiveBack(now);
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

        _schedule.OnNews(); // the next report confirms to the coordinator that this silo has the snapshot
        _local.Change(snapshot.Settings);
        (_known, _knownAt) = (snapshot, now);
        if (_known.State != BreakerState.Closed)
        {
            _local.Reset(now);
        }
    }

    private void UpdateView()
    {
        var isLocal = IsWithoutCoordinator
            || (_known.State == BreakerState.Closed && _local.State != BreakerState.Closed);
        var state = isLocal ? _local.State : _known.State;
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

namespace CacheOrleans.Breaker;

/// <summary>The circuit breaker of one backend: collects the silos' reports and decides whether to use the backend.
/// </summary>
/// <remarks>
/// <para>The coordinator grain has one for the cluster. Each silo has another one that counts only its own calls, for
/// when the grain cannot be reached, or when only this silo has failures and the others do not confirm them. Its owner
/// serializes access. All times are readings of one monotonic clock.</para>
/// <para>A new coordinator begins closed and without knowledge. For two heartbeats, in which every silo reports, it
/// adopts what the silos report about its predecessor: the latest snapshot that any silo received takes effect.</para>
/// </remarks>
/// <param name="settings">The settings it begins with.</param>
/// <param name="random">The source of the jitter.</param>
/// <param name="now">The current time.</param>
public sealed class CircuitBreaker(BreakerOptions settings, Random random, TimeSpan now)
{
    /// <summary>How often a healthy silo reports.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Takeover = 2 * Heartbeat;

    private readonly Members _members = new();
    private readonly TimeSpan _bornAt = now;
    private BreakerOptions _settings = settings;
    private long _settingsVersion;
    private CoordinatorVersion _version = new(1, 0);
    private BreakerSnapshot? _adopted;
    private long _term = 1;
    private int _attempt;
    private TimeSpan? _leftClosedAt;
    private ProbeRound _round = new();
    private long _permits;
    private long _openings;

    /// <summary>The breaker's state.</summary>
    public BreakerState State { get; private set; }

    /// <summary>When the latest break ends or ended.</summary>
    internal TimeSpan BreakEndsAt { get; private set; }

    /// <summary>Records a silo's report and decides on it. A permit in the answer allows one probe.</summary>
    public BreakerDecision Report(TimeSpan now, BreakerReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var transition = Adopt(now, report);
        var isNews = _members.Accept(now, report, _term, _settings.SamplingDuration);
        if (isNews)
        {
            transition = Judge(now, report) ?? transition;
        }

        var permit = isNews && State == BreakerState.HalfOpen
            ? _round.Lease(now, report.Silo, _members.Live(now), _settings, () => ++_permits)
            : null;
        return new(new(Snapshot(now), permit), transition);
    }

    /// <summary>Isolates the backend: it is skipped until an operator changes the state.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="by">The person or program that requests the change; null if unknown.</param>
    /// <returns>The change of state; null if the backend was isolated already.</returns>
    public BreakerTransition? Isolate(TimeSpan now, string? by = null) => State == BreakerState.Isolated
        ? null
        : Move(now, BreakerState.Isolated, by);

    /// <summary>Closes the breaker: the backend is used again, and all failures are forgotten.</summary>
    /// <inheritdoc cref="Isolate" path="/param"/>
    /// <returns>The change of state; null if the breaker was closed already.</returns>
    public BreakerTransition? Close(TimeSpan now, string? by = null)
    {
        var transition = Move(now, BreakerState.Closed, by);
        return transition.From == BreakerState.Closed ? null : transition;
    }

    /// <summary>Disables the breaker: the backend is always used.</summary>
    /// <inheritdoc cref="Isolate" path="/param"/>
    /// <returns>The change of state; null if the breaker was disabled already.</returns>
    public BreakerTransition? Disable(TimeSpan now, string? by = null) => State == BreakerState.Disabled
        ? null
        : Move(now, BreakerState.Disabled, by);

    /// <summary>Changes the settings, which the caller has checked. A break that has begun keeps its end.</summary>
    public void Change(BreakerOptions changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        _settings = changed;
        _settingsVersion++;
        _version = Next();
    }

    /// <summary>Returns the state and settings as of now.</summary>
    public BreakerSnapshot Snapshot(TimeSpan now) => new(
        _version,
        State,
        _term,
        State == BreakerState.Open ? now.Until(BreakEndsAt) : null,
        now - _leftClosedAt,
        _attempt,
        _settings,
        _settingsVersion);

    /// <summary>Returns the failures that count now, and the silos that reported them.</summary>
    public BreakerEvidence Evidence(TimeSpan now)
    {
        var verdict = _members.Weigh(now, _settings.SamplingDuration);
        return new(
            verdict.Failures,
            [.. verdict.Names],
            now - _members.LastFailureAt,
            _openings,
            [.. _members.All.Select(member => new BreakerSilo(
                member.Key,
                member.Value.State,
                member.Value.Version,
                now - member.Value.HeardAt,
                member.Value.Recent(now, _settings.SamplingDuration).Count(),
                member.Value.FailuresInARow > 0))]);
    }

    private BreakerTransition? Judge(TimeSpan now, BreakerReport report) => State switch
    {
        BreakerState.Closed => _members.Weigh(now, _settings.SamplingDuration).Trips(_settings, QuorumToOpen(now))
            ? Open(now, TransitionCause.Failures, attempt: 0)
            : null,
        BreakerState.Open => now < BreakEndsAt ? null
            : _settings.MaxConcurrentProbes == 0 ? Move(now, BreakerState.Closed, TransitionCause.BreakEnded)
            : Move(now, BreakerState.HalfOpen, TransitionCause.BreakEnded),
        BreakerState.HalfOpen => JudgeProbes(now, report),
        BreakerState.Isolated or BreakerState.Disabled => null,
        _ => throw new InvalidOperationException($"No such state: {State}."),
    };

    private BreakerTransition? JudgeProbes(TimeSpan now, BreakerReport report)
    {
        if (report.Probe is { } probe && _round.Settle(report.Silo, probe))
        {
            _members.OnProbed(report.Silo, now);
        }

        if (_settings.MaxConcurrentProbes == 0)
        {
            return Move(now, BreakerState.Closed, TransitionCause.BreakEnded);
        }

        if (_round.Successes >= _settings.ProbesToClose)
        {
            return Move(now, BreakerState.Closed, TransitionCause.ProbesSucceeded);
        }

        // One silo that cannot reach the store must not keep the breaker open for the others.
        return _round.HasFailed(_settings.Quorum, _members.Live(now))
            ? Open(now, TransitionCause.ProbeFailed, _attempt + 1)
            : null;
    }

    /// <summary>Returns how many silos must be failing: at most as many as use the store. A new coordinator requires
    /// the full quorum, because not every silo that uses the store has reported to it yet.</summary>
    private int QuorumToOpen(TimeSpan now) => _adopted is not null && now - _bornAt < Takeover
        ? _settings.Quorum
        : Math.Min(_settings.Quorum, Math.Max(1, _members.CountCallers(now)));

    private BreakerTransition Open(TimeSpan now, TransitionCause cause, int attempt)
    {
        _openings += cause == TransitionCause.Failures ? 1 : 0;
        var length = BreakLength.Of(_settings, attempt, random);
        BreakEndsAt = now.Plus(length);
        return Move(now, BreakerState.Open, cause, attempt, length);
    }

    private BreakerTransition Move(TimeSpan now, BreakerState to, string? by) =>
        Move(now, to, TransitionCause.Manual) with { By = ActorName.Clean(by) };

    private BreakerTransition Move(
        TimeSpan now, BreakerState to, TransitionCause cause, int? attempt = null, TimeSpan? length = null)
    {
        var verdict = _members.Weigh(now, _settings.SamplingDuration);
        var from = State;
        State = to;
        _version = Next();
        _term++;
        _attempt = attempt ?? (to == BreakerState.HalfOpen ? _attempt : 0);
        _leftClosedAt = to is BreakerState.Closed or BreakerState.Disabled ? null : _leftClosedAt ?? now;
        _members.Forget();
        _round = new ProbeRound();
        return new(
            from, to, cause, _version, length, _attempt, verdict.Failures, verdict.Names.Count, verdict.FailingSilos);
    }

    private BreakerTransition? Adopt(TimeSpan now, BreakerReport report)
    {
        var known = report.Known;
        var isOfAnother = known.Version.Epoch > 0 && (!_members.Knows(report.Silo) || Contradicts(known));
        var overrules = Overrules(now, known, isOfAnother);
        if (!overrules && !(isOfAnother && known.Version.Epoch >= _version.Epoch))
        {
            return null;
        }

        _version = new(Math.Max(_version.Epoch, known.Version.Epoch + 1), _version.Number + 1);
        _adopted = overrules ? known : _adopted ?? known;
        if (!overrules)
        {
            return null;
        }

        if (known.SettingsVersion > _settingsVersion)
        {
            (_settings, _settingsVersion) = (known.Settings, known.SettingsVersion);
        }

        var (from, term) = (State, _term);
        State = known.State;
        _term = Math.Max(_term, known.Term);
        _attempt = known.Attempt;
        BreakEndsAt = now.Plus(known.TimeLeft ?? TimeSpan.Zero);
        _leftClosedAt = now - known.OpenFor;
        if (from != State || term != _term)
        {
            _members.Forget();
            _round = new ProbeRound();
        }

        return from == State ? null : new(
            from, State, TransitionCause.Adopted, _version, known.TimeLeft, _attempt, 0, 0, 0);
    }

    /// <summary>Whether the snapshot that a silo received before overrules this coordinator's state.</summary>
    /// <remarks>Another coordinator's snapshot is compared with the snapshot adopted from the silos, not with this
    /// coordinator's own: both coordinators may have counted on from the same version.</remarks>
    private bool Overrules(TimeSpan now, BreakerSnapshot known, bool isOfAnother) =>
        known.Overrules(Snapshot(now)) // another coordinator was active at the same time, and was ahead
        || (isOfAnother && _adopted is not null && now - _bornAt < Takeover && known.Overrules(_adopted));

    /// <summary>Whether another coordinator used the same version as this one for a different state.</summary>
    private bool Contradicts(BreakerSnapshot known) => known.Version == _version
        && (known.State, known.Term, known.SettingsVersion) != (State, _term, _settingsVersion);

    private CoordinatorVersion Next() => _version with { Number = _version.Number + 1 };
}

using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>One silo's part of alerts: its failures, the coordinator's last table, and local decisions while the
/// coordinator does not respond.</summary>
/// <remarks>Its owner serializes access. All times are readings of one monotonic clock.</remarks>
/// <param name="silo">The silo's name.</param>
/// <param name="options">The settings.</param>
/// <param name="random">The source of ids.</param>
/// <param name="now">The current time.</param>
public sealed class SiloAlerts(string silo, AlertOptions options, Random random, TimeSpan now)
{
    /// <summary>How long the coordinator may take to answer a report.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the coordinator must be unresponsive before the silo decides locally: a coordinator that moves
    /// is active on another silo by then, so that no message is sent twice.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>The interval of reports to a coordinator that did not respond.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Dictionary<AlertKey, LocalProblem> _problems = [];
    private readonly SiloChanges _changes = new(random);
    private TimeSpan? _answeredAt;
    private AlertTable _table = AlertTable.Empty;
    private AlertThrottle? _local;
    private TimeSpan _tableAt = now;
    private TimeSpan _sentAt = now;
    private TimeSpan? _unansweredSince;
    private long _sequence;

    /// <summary>Whether there is a problem on this silo or in the cluster, so that a success must be
    /// recorded.</summary>
    public bool HasProblems { get; private set; }

    /// <summary>When the next report is due: a time in the past means at once, <see cref="TimeSpan.MaxValue"/> never.
    /// </summary>
    /// <remarks>The first report is due at once, so that the coordinator is active before it is needed.</remarks>
    public TimeSpan NextReport { get; private set; } = now;

    /// <summary>How many failures were suppressed since the silo started.</summary>
    public long Suppressed { get; private set; }

    /// <summary>The failures that must be described before the next report.</summary>
    public IReadOnlyList<AlertEvidence> Undescribed =>
    [
        .. _problems.Values.Where(problem => problem.NeedsDescription).Select(problem => problem.Evidence!),
    ];

    /// <summary>Records that a stage of a key failed.</summary>
    public void OnFailure(TimeSpan now, AlertKey key, AlertStage stage, Exception? error, string? what)
    {
        var isFirst = Find(key).OnFailure(
            now, stage, () => new AlertEvidence(MessageId.Next(random), key, stage, error, what));
        if (isFirst || !HasProblems)
        {
            Plan();
        }

        Suppressed += isFirst ? 0 : 1;
    }

    /// <summary>Records that a stage of a key succeeded.</summary>
    public void OnSuccess(TimeSpan now, AlertKey key, AlertStage stage)
    {
        if (stage is AlertStage.Read or AlertStage.Store)
        {
            _answeredAt = now;
        }

        if (_problems.TryGetValue(key, out var problem))
        {
            problem.OnSuccess(now, stage);
        }
    }

    /// <summary>Records a manual change of the state of the cluster's breaker.</summary>
    public void OnManualChange(TimeSpan now, BreakerTransition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _changes.Add(now, transition);
        Find(AlertKey.Breaker).Release();
        Plan();
    }

    /// <summary>Sets the description of one of the failures in <see cref="Undescribed"/>.</summary>
    public void Describe(AlertKey key, AlertFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Find(key).Describe(failure);
    }

    /// <summary>Returns the last table from the coordinator, with the cooldowns that this silo decided locally and with
    /// ages as of now.</summary>
    public AlertTable Known(TimeSpan now) => _table.After(now - _tableAt);

    /// <summary>Returns the report to send now.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="breaker">The breaker state that this silo applies to calls now.</param>
    public AlertReport Report(TimeSpan now, BreakerView breaker)
    {
        ArgumentNullException.ThrowIfNull(breaker);
        RecordStoreUse(breaker);
        var keys = _problems.Values
            .Where(problem => problem.IsListed || (problem.HasUnannounced && !problem.NeedsDescription))
            .Select(problem => problem.Report(now))
            .ToArray();
        _sentAt = now;
        var changes = _changes.Report(now);
        Plan();
        return new AlertReport(
            silo, ++_sequence, Known(now), keys, new StoreUse(breaker.State, breaker.IsLocal), changes);
    }

    /// <summary>Applies the coordinator's answer to a report.</summary>
    public void OnAnswer(TimeSpan now, AlertAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _unansweredSince = null;
        _local = null;
        _changes.OnAnnounced();
        OnAnnounced(answer.Announced);
        OnTable(now, answer.Table);
    }

    /// <summary>Called when the coordinator did not answer a report in time.</summary>
    /// <returns>The messages that this silo must deliver itself, once the coordinator has been unresponsive for
    /// <see cref="Grace"/>.</returns>
    public IReadOnlyList<AlertNotice> OnNoAnswer(TimeSpan now, DateTimeOffset at, AlertReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _unansweredSince = HasProblems ? _unansweredSince ?? now : null; // with nothing to report, there is no retry
        Plan();
        if (_unansweredSince is not { } since || now - since < Grace)
        {
            return [];
        }

        if (_local is null)
        {
            _local = new AlertThrottle(options, random, isLocal: true);
            _local.TakeOver(now, [Known(now)]);
        }

        var outcome = _local.Report(now, at, report with { Known = AlertTable.Empty });
        _changes.OnAnnounced();
        OnAnnounced(outcome.Answer.Announced);
        Apply(now, outcome.Answer.Table with { Version = _table.Version });
        return outcome.Notices;
    }

    /// <summary>Applies a table that the coordinator announced.</summary>
    /// <remarks>A silo that decides locally ignores it: its own decisions must reach the coordinator with a report
    /// first.</remarks>
    public void OnPush(TimeSpan now, AlertTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (_local is null)
        {
            OnTable(now, table);
        }
    }

    private void OnTable(TimeSpan now, AlertTable table)
    {
        if (table.Version >= _table.Version)
        {
            Apply(now, table);
        }
    }

    private void Apply(TimeSpan now, AlertTable table)
    {
        _table = table;
        _tableAt = now;
        var cooldowns = table.Cooldowns.ToDictionary(cooldown => cooldown.Key);
        foreach (var key in cooldowns.Keys)
        {
            Find(key);
        }

        foreach (var (key, problem) in _problems)
        {
            var isReleased = key == AlertKey.Breaker && !_changes.IsEmpty;
            Suppressed += problem.OnTable(now, cooldowns.GetValueOrDefault(key), isReleased) ? 1 : 0;
        }

        Plan();
    }

    private void OnAnnounced(IEnumerable<AnnouncedFailures> announced)
    {
        foreach (var (key, failures) in announced)
        {
            Find(key).OnAnnounced(failures);
        }
    }

    /// <summary>Records whether this silo uses the store, and whether the store has responded since.</summary>
    private void RecordStoreUse(BreakerView breaker)
    {
        if (!breaker.Admits)
        {
            _answeredAt = null; // such a response belongs to a call from before the breaker opened
            foreach (var problem in _problems.Values)
            {
                problem.OnStoreSkipped();
            }
        }
        else if (_answeredAt is { } at)
        {
            _problems.GetValueOrDefault(AlertKey.Breaker)?.OnStoreAnswered(at, mustHaveFailed: false);
            _problems.GetValueOrDefault(AlertKey.SiloBreaker)?.OnStoreAnswered(at, mustHaveFailed: true);
        }
    }

    /// <summary>Decides whether there is a problem, and when to report it.</summary>
    private void Plan()
    {
        HasProblems = !_table.IsEmpty || !_changes.IsEmpty
            || _problems.Values.Any(problem => problem.HasUnannounced || problem.Evidence is not null);
        var isUrgent = _changes.HasNew
            || _problems.Values.Any(problem => problem is { Evidence: not null, IsSent: false });
        NextReport = !HasProblems ? TimeSpan.MaxValue
            : _unansweredSince is not null ? _sentAt + Retry
            : isUrgent ? _sentAt
            : _sentAt + options.FlushInterval;
    }

    private LocalProblem Find(AlertKey key)
    {
        if (!_problems.TryGetValue(key, out var problem))
        {
            _problems.Add(key, problem = new LocalProblem(key));
        }

        return problem;
    }
}

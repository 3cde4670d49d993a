using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>One silo's side of alerts: what failed here, what the coordinator said, and the decisions of a silo that
/// gets no answer.</summary>
/// <remarks>Its owner serialises access. Times are of one monotonic clock.</remarks>
/// <param name="silo">The silo's name.</param>
/// <param name="options">The settings.</param>
/// <param name="random">Makes ids.</param>
/// <param name="now">The time.</param>
public sealed class SiloAlerts(string silo, AlertOptions options, Random random, TimeSpan now)
{
    /// <summary>How long an answer of the coordinator may take.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the coordinator must be silent for the silo to decide alone: a coordinator that moves has
    /// found another silo by then, and nothing is sent twice.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>How often a coordinator is asked again that did not answer.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Dictionary<AlertKey, LocalProblem> _problems = [];
    private readonly SiloChanges _changes = new(random);
    private TimeSpan? _answeredAt;
    private AlertTable _table = AlertTable.Empty;
    private AlertThrottle? _alone;
    private TimeSpan _tableAt = now;
    private TimeSpan _sentAt = now;
    private TimeSpan? _silentSince;
    private long _sequence;

    /// <summary>Whether anything is wrong here or in the cluster, so that a success is worth telling.</summary>
    public bool AreOpen { get; private set; }

    /// <summary>When the next report is due; in the past: at once; <see cref="TimeSpan.MaxValue"/>: never.</summary>
    /// <remarks>The first is due at once, so that the coordinator is there when it is needed.</remarks>
    public TimeSpan NextReport { get; private set; } = now;

    /// <summary>How many failures were held back since the silo started.</summary>
    public long Suppressed { get; private set; }

    /// <summary>The failures that the next report needs in words.</summary>
    public IReadOnlyList<AlertEvidence> Undescribed =>
    [
        .. _problems.Values.Where(problem => problem.IsSpeechless).Select(problem => problem.Evidence!),
    ];

    /// <summary>Something failed.</summary>
    public void OnFailure(TimeSpan now, AlertKey key, AlertStage stage, Exception? error, string? what)
    {
        var isFirst = Find(key).OnFailure(
            now, stage, () => new AlertEvidence(MessageId.Next(random), key, stage, error, what));
        if (isFirst || !AreOpen)
        {
            Plan();
        }

        Suppressed += isFirst ? 0 : 1;
    }

    /// <summary>Something worked.</summary>
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

    /// <summary>Somebody changed the state of the cluster's breaker manually.</summary>
    public void OnManualChange(TimeSpan now, BreakerTransition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        _changes.Add(now, transition);
        Find(AlertKey.Breaker).Release();
        Plan();
    }

    /// <summary>Puts a failure into words, one of <see cref="Undescribed"/>.</summary>
    public void Describe(AlertKey key, AlertFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Find(key).Describe(failure);
    }

    /// <summary>The last table it was told, with the cooldowns it decided alone; ages are those of now.</summary>
    public AlertTable Known(TimeSpan now) => _table.After(now - _tableAt);

    /// <summary>Makes the report to send now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="breaker">What this silo does with calls to the store now.</param>
    public AlertReport Report(TimeSpan now, BreakerView breaker)
    {
        ArgumentNullException.ThrowIfNull(breaker);
        NoteStore(breaker);
        var keys = _problems.Values
            .Where(problem => problem.IsListed || (problem.HasUntold && !problem.IsSpeechless))
            .Select(problem => problem.Report(now))
            .ToArray();
        _sentAt = now;
        var changes = _changes.Report(now);
        Plan();
        return new AlertReport(
            silo, ++_sequence, Known(now), keys, new StoreUse(breaker.State, breaker.IsLocal), changes);
    }

    /// <summary>The coordinator answered.</summary>
    public void OnAnswer(TimeSpan now, AlertAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _silentSince = null;
        _alone = null;
        _changes.OnAnnounced();
        OnTold(answer.Told);
        OnTable(now, answer.Table);
    }

    /// <summary>The coordinator did not answer in time.</summary>
    /// <returns>What this silo is to deliver by itself, for the silence has lasted.</returns>
    public IReadOnlyList<AlertNotice> OnNoAnswer(TimeSpan now, DateTimeOffset at, AlertReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _silentSince = AreOpen ? _silentSince ?? now : null; // with nothing to say, it is not asked again
        Plan();
        if (_silentSince is not { } since || now - since < Grace)
        {
            return [];
        }

        if (_alone is null)
        {
            _alone = new AlertThrottle(options, random, isLocal: true);
            _alone.TakeOver(now, [Known(now)]);
        }

        var outcome = _alone.Report(now, at, report with { Known = AlertTable.Empty });
        _changes.OnAnnounced();
        OnTold(outcome.Answer.Told);
        Apply(now, outcome.Answer.Table with { Version = _table.Version });
        return outcome.Notices;
    }

    /// <summary>The coordinator told of a change.</summary>
    /// <remarks>To a silo that is alone it is nothing yet: what that decided goes to the coordinator with a report
    /// first.</remarks>
    public void OnPush(TimeSpan now, AlertTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (_alone is null)
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

    private void OnTold(IEnumerable<AnnouncedFailures> told)
    {
        foreach (var (key, failures) in told)
        {
            Find(key).OnTold(failures);
        }
    }

    /// <summary>Takes note of whether the store is used here, and of whether it has answered since it is.</summary>
    private void NoteStore(BreakerView breaker)
    {
        if (!breaker.Admits)
        {
            _answeredAt = null; // a call that was under way when the breaker opened
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

    /// <summary>Sees whether anything is wrong, and when to report it.</summary>
    private void Plan()
    {
        AreOpen = !_table.IsEmpty || !_changes.IsEmpty
            || _problems.Values.Any(problem => problem.HasUntold || problem.Evidence is not null);
        var isUrgent = _changes.HasNew
            || _problems.Values.Any(problem => problem is { Evidence: not null, IsSent: false });
        NextReport = !AreOpen ? TimeSpan.MaxValue
            : _silentSince is not null ? _sentAt + Retry
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

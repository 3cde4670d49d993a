namespace CacheOrleans.Alerts;

/// <summary>Decides which failures are announced, for the cluster or for a silo whose coordinator does not respond.
/// </summary>
/// <remarks>
/// Its owner serializes access. All times are readings of one monotonic clock. The throttle has no timer: silos report
/// for as long as its table is not empty, and with each report it decides what the passing of time means for its keys.
/// </remarks>
/// <param name="options">The settings.</param>
/// <param name="random">The source of the messages' ids.</param>
/// <param name="isLocal">Whether it decides for one silo whose coordinator does not respond. It then leaves the
/// problems that the coordinator announced to the coordinator, and marks its own decisions so that the coordinator
/// learns them.
/// </param>
public sealed class AlertThrottle(AlertOptions options, Random random, bool isLocal = false)
{
    /// <summary>How long an announced problem is remembered without further reports about it.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    private readonly Dictionary<AlertKey, AlertState> _records = [];
    private readonly List<AlertNotice> _undelivered = [];
    private readonly StoreWatch _store = new(options);
    private readonly RecentIds _changes = new();
    private long _epoch = 1;
    private long _number;

    /// <summary>The version of the table; changes with each change that the silos must learn.</summary>
    public CoordinatorVersion Version => new(_epoch, _number);

    /// <summary>Records a silo's report and decides which messages to send.</summary>
    /// <param name="now">The current time on the monotonic clock.</param>
    /// <param name="at">The wall-clock time, for messages.</param>
    /// <param name="report">The report.</param>
    public AlertOutcome Report(TimeSpan now, DateTimeOffset at, AlertReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<AlertNotice> notices = [.. Learn(now, report.Known)];
        List<AlertKey> refused = [];
        _store.Note(now, report);
        foreach (var key in report.Keys)
        {
            Note(now, report, key);
        }

        foreach (var change in report.Changes ?? [])
        {
            Announce(now, at, change, notices);
        }

        foreach (var key in report.Keys)
        {
            if (key.Failure is not null)
            {
                Consider(now, at, report.Silo, key, notices, refused);
            }
        }

        foreach (var record in _records.Values.ToList())
        {
            Settle(now, at, record, notices);
        }

        return new AlertOutcome(Answer(now, report), notices, refused);
    }

    /// <summary>Takes over from a former coordinator: adopts the latest of some tables, and the decisions that silos
    /// made locally.</summary>
    /// <returns>The messages that the former coordinator had not delivered.</returns>
    public IReadOnlyList<AlertNotice> TakeOver(TimeSpan now, IEnumerable<AlertTable> tables) =>
        [.. tables.OrderByDescending(table => table.Version).SelectMany(table => Learn(now, table))];

    /// <summary>Records that a message was delivered or given up.</summary>
    public void OnDelivered(Guid message)
    {
        if (_undelivered.RemoveAll(notice => notice.Id == message) > 0)
        {
            _number++;
        }
    }

    /// <summary>Returns the table to send to the silos.</summary>
    public AlertTable Table(TimeSpan now) =>
        new(Version, [.. _records.Values.Select(record => record.ToCooldown(now))], [.. _undelivered]);

    /// <summary>Returns the state of each key.</summary>
    public IReadOnlyList<AlertKeyState> Keys(TimeSpan now) =>
    [
        .. _records.Values.Select(record => new AlertKeyState(
            record.ToCooldown(now), record.Suppressed(now), now - record.LastFailure)),
    ];

    /// <summary>Adopts a table that is later than this throttle's, and from any table the decisions that silos made
    /// locally.</summary>
    private List<AlertNotice> Learn(TimeSpan now, AlertTable table)
    {
        var isLater = table.Version > Version;
        foreach (var cooldown in table.Cooldowns.Where(cooldown => isLater || cooldown.IsLocal))
        {
            Find(cooldown.Key).Learn(now, cooldown);
            _number++;
        }

        if (!isLater)
        {
            return [];
        }

        var known = _undelivered.Select(notice => notice.Id).ToHashSet();
        var notices = table.Undelivered.Where(notice => known.Add(notice.Id)).ToList();
        _undelivered.AddRange(notices);
        (_epoch, _number) = (table.Version.Epoch + 1, 0);
        return notices;
    }

    /// <summary>Records a silo's report about a key. A key that this throttle does not know is added only with a
    /// failure to announce.</summary>
    private void Note(TimeSpan now, AlertReport report, AlertKeyReport key)
    {
        if (key.Failure is not null || _records.ContainsKey(key.Key))
        {
            Find(key.Key).Note(now, report.Silo, report.Sequence, key);
        }
    }

    /// <summary>Announces a manual change, and ends the breaker's cooldown: the last message about the breaker is now
    /// the change, so a later opening must be announced.</summary>
    private void Announce(TimeSpan now, DateTimeOffset at, ManualChange change, List<AlertNotice> notices)
    {
        if (!_changes.Add(change.Id))
        {
            return;
        }

        Send(
            new AlertNotice(
                change.Id,
                AlertNoticeKind.ManualChange,
                AlertKey.BreakerChange,
                at,
                TimeSpan.Zero,
                Failure: null,
                Suppressed: null,
                Change: change),
            notices);
        _records.GetValueOrDefault(AlertKey.Breaker)?.Release(now);
    }

    /// <summary>Announces a failure, if its key may alert and not too many caches are in their cooldown.</summary>
    private void Consider(
        TimeSpan now,
        DateTimeOffset at,
        string silo,
        AlertKeyReport report,
        List<AlertNotice> notices,
        List<AlertKey> refused)
    {
        var (record, failure) = (_records[report.Key], report.Failure!);
        if (now < record.AllowedAt || record.Message == failure.Id)
        {
            return;
        }

        if (RoomAt(now, report.Key) is { } until)
        {
            if (record.IsAnnounced || record.MessageAt is null)
            {
                refused.Add(report.Key);
            }

            record.OnRefused(now, until);
            record.IsLocal = isLocal;
            _number++;
            return;
        }

        var suppressed = record.MessageAt is null ? null : record.Suppressed(now, told: 1);
        var failingFor = record.FailingFrom is { } start ? now - start : TimeSpan.Zero;
        Send(
            new AlertNotice(
                failure.Id,
                AlertNoticeKind.Failing,
                report.Key,
                at,
                failingFor,
                failure,
                suppressed,
                _store.Describe(now, AlertOutlook.Unknown, sinceFailure: null)),
            notices);
        record.IsLocal = isLocal;
        record.OnAnnounced(now, options.Cooldown, silo, failure);
    }

    /// <summary>Decides what the passing of time means for a key: its problem has ended, or it has been quiet and has
    /// suppressed failures to announce, or it can be forgotten.</summary>
    /// <remarks>A message describes the present situation: while the store is skipped, its problems have not ended,
    /// however long nothing has failed.</remarks>
    private void Settle(TimeSpan now, DateTimeOffset at, AlertState record, List<AlertNotice> notices)
    {
        if (!_store.IsQuiet(now, record) || (isLocal && !record.IsLocal))
        {
            return;
        }

        var outlook = _store.Outlook(now, record, _records.GetValueOrDefault(AlertKey.Breaker));
        if (record.FailingFrom is { } start && outlook == AlertOutlook.Works)
        {
            if (record.IsOpen)
            {
                Send(Create(AlertNoticeKind.Resolved, start), notices);
                record.IsLocal = isLocal;
            }

            record.OnEnded(now);
        }
        else if (now >= record.AllowedAt && record.IsAnnounced && record.Unannounced > 0)
        {
            Send(Create(AlertNoticeKind.Digest, record.FailingFrom ?? now), notices);
            record.IsLocal = isLocal;
            record.OnDigest(now);
        }
        else if (now >= record.AllowedAt + options.FlushInterval && record.Calm(now) >= Life(record))
        {
            _records.Remove(record.Key);
            _number++;
        }

        AlertNotice Create(AlertNoticeKind kind, TimeSpan from) => new(
            MessageId.Next(random),
            kind,
            record.Key,
            at,
            now - from,
            record.Failure,
            record.Suppressed(now),
            _store.Describe(now, outlook, now - record.LastFailure));
    }

    /// <summary>Returns how long a key is kept without further failures: an announced problem may still end, and the
    /// suppressed failures of a refused key may still be announced.</summary>
    private TimeSpan Life(AlertState record) =>
        record.IsOpen ? Memory : record.Unannounced > 0 ? options.Cooldown : options.QuietPeriod;

    /// <summary>Returns when a cooldown ends and makes room for a key; null if there is room now.</summary>
    private TimeSpan? RoomAt(TimeSpan now, AlertKey key)
    {
        if (key.Class != AlertClass.Cache)
        {
            return null;
        }

        var held = _records.Values
            .Where(record => record.Key.Class == AlertClass.Cache && record.IsInCooldown(now))
            .Select(record => record.AllowedAt)
            .ToList();
        return held.Count < options.MaxKeys ? null : held.Min();
    }

    /// <remarks>A silo that decides locally also delivers locally; no successor takes that over.</remarks>
    private void Send(AlertNotice notice, List<AlertNotice> notices)
    {
        notices.Add(notice);
        if (!isLocal)
        {
            _undelivered.Add(notice);
        }

        _number++;
    }

    private AlertState Find(AlertKey key)
    {
        if (!_records.TryGetValue(key, out var record))
        {
            _records.Add(key, record = new AlertState(key));
        }

        return record;
    }

    private AlertAnswer Answer(TimeSpan now, AlertReport report) => new(
        Table(now),
        [
            .. report.Keys.Select(key => new AnnouncedFailures(
                key.Key,
                _records.TryGetValue(key.Key, out var record) ? record.AnnouncedTo(report.Silo) : key.Failures)),
        ]);
}

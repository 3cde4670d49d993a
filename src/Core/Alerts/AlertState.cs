namespace CacheOrleans.Alerts;

/// <summary>Holds the state of one key in an alert throttle: its cooldown, its problem, and the silos'
/// reports.</summary>
/// <remarks>Its owner serializes access.</remarks>
internal sealed class AlertState(AlertKey key)
{
    private readonly Dictionary<string, SiloCount> _silos = new(StringComparer.Ordinal);
    private TimeSpan? _learnedAt;

    public AlertKey Key => key;

    /// <summary>The id of the last message about the key; empty if the key was refused since, or never announced.
    /// </summary>
    public Guid Message { get; private set; }

    /// <summary>When the key may alert again.</summary>
    public TimeSpan AllowedAt { get; private set; }

    /// <summary>Whether the key's problem was announced and has not ended.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether a silo decided this locally.</summary>
    public bool IsLocal { get; set; }

    /// <summary>When the last message about the key was decided, or the key was first refused; null if neither
    /// happened.</summary>
    public TimeSpan? MessageAt { get; private set; }

    /// <summary>When the key's problem began; null if it has none.</summary>
    public TimeSpan? FailingFrom { get; private set; }

    /// <summary>The failure that was announced last.</summary>
    public AlertFailure? Failure { get; private set; }

    public long Unannounced => _silos.Values.Sum(silo => silo.Unannounced);

    public TimeSpan? LastFailure => Latest(moments => moments.Failure);

    /// <summary>Whether the key was announced, and not refused since.</summary>
    public bool IsAnnounced => Message != Guid.Empty;

    public bool IsInCooldown(TimeSpan now) => IsAnnounced && now < AllowedAt;

    /// <summary>Returns how long no failure has been reported.</summary>
    /// <remarks>This is at most the time since this throttle learned of the key, because earlier failures are unknown
    /// to it, and at most the time since the last message, so that every silo reports once more, and learns what was
    /// announced, before the key is forgotten.</remarks>
    public TimeSpan Calm(TimeSpan now) => now - Later(LastFailure, Later(_learnedAt, MessageAt ?? now));

    /// <summary>Returns how long ago the last message was decided.</summary>
    public TimeSpan SinceMessage(TimeSpan now) => now - (MessageAt ?? now);

    /// <summary>Whether the problem is one of the store, so that it cannot be over while the store is skipped.
    /// </summary>
    public bool ConcernsStore => key.Class == AlertClass.Breaker
        || Failure is { Stage: not AlertStage.Fallback }
        || _silos.Values.SelectMany(silo => silo.Stages).Any(stage =>
            stage.Key != AlertStage.Fallback && stage.Value.Failure >= (FailingFrom ?? TimeSpan.MinValue));

    /// <summary>Whether each stage that failed has succeeded since.</summary>
    /// <remarks>A success on any silo counts, because one read shows that the store responds. This does not apply to
    /// local breakers, which silos open only for themselves: the store responds to the other silos all the time, so
    /// each live silo must succeed itself.</remarks>
    /// <param name="isLive">Decides whether a silo has reported recently.</param>
    public bool HasRecovered(Func<string, bool> isLive)
    {
        var stages = _silos
            .Where(silo => key != AlertKey.SiloBreaker || isLive(silo.Key))
            .SelectMany(silo => silo.Value.Stages.Select(stage => (
                Which: (stage.Key, Silo: key == AlertKey.SiloBreaker ? silo.Key : null), stage.Value)))
            .ToLookup(stage => stage.Which, stage => stage.Value);
        return Latest(moments => moments.Success) >= (_learnedAt ?? TimeSpan.MinValue) && stages.All(stage =>
            stage.Max(moments => moments.Failure) is not { } failure
            || stage.Max(moments => moments.Success) >= failure);
    }

    /// <summary>Records a silo's report about the key.</summary>
    public void Note(TimeSpan now, string silo, long sequence, AlertKeyReport report)
    {
        if (!_silos.TryGetValue(silo, out var count))
        {
            _silos.Add(silo, count = new SiloCount());
        }

        var before = LastFailure;
        count.Note(now, sequence, report);
        if (LastFailure is { } failure && (before is null || failure > before) && count.Unannounced > 0)
        {
            FailingFrom ??= failure;
        }
    }

    /// <summary>Returns how many failures of a silo were announced.</summary>
    public long AnnouncedTo(string silo) => _silos.TryGetValue(silo, out var count) ? count.Announced : 0;

    /// <summary>Returns the failures that no message has announced; null if there are none.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="told">How many of these failures the message itself announces.</param>
    public SuppressedFailures? Suppressed(TimeSpan now, int told = 0)
    {
        var failures = Unannounced - told;
        return failures > 0
            ? new SuppressedFailures(failures, SinceMessage(now), _silos.Values.Count(silo => silo.Unannounced > 0))
            : null;
    }

    /// <summary>Records that a message announces a failure of a silo.</summary>
    /// <remarks>The first message about a key announces one failure, because no failures were suppressed before it.
    /// </remarks>
    public void OnAnnounced(TimeSpan now, TimeSpan cooldown, string silo, AlertFailure failure)
    {
        if (MessageAt is null)
        {
            _silos[silo].Announced++;
        }
        else
        {
            MarkAllAnnounced();
        }

        Message = failure.Id;
        Failure = failure;
        MessageAt = now;
        AllowedAt = now + cooldown;
        IsOpen = true;
        FailingFrom ??= now;
    }

    /// <summary>Ends the cooldown: the next failure is announced.</summary>
    public void Release(TimeSpan now) => AllowedAt = TimeSpan.FromTicks(Math.Min(AllowedAt.Ticks, now.Ticks));

    /// <summary>Records that the key was refused, because too many caches are in their cooldown until a given time.
    /// </summary>
    public void OnRefused(TimeSpan now, TimeSpan until)
    {
        Message = Guid.Empty;
        MessageAt ??= now;
        AllowedAt = until;
    }

    /// <summary>Records that a message announces all suppressed failures.</summary>
    public void OnDigest(TimeSpan now)
    {
        MarkAllAnnounced();
        MessageAt = now;
    }

    /// <summary>Records that the problem has ended, which a message says if the problem was announced.</summary>
    public void OnEnded(TimeSpan now)
    {
        if (IsOpen)
        {
            OnDigest(now);
        }

        IsOpen = false;
        FailingFrom = null;
    }

    /// <summary>Adopts the cooldown that another throttle decided.</summary>
    public void Learn(TimeSpan now, AlertCooldown cooldown)
    {
        _learnedAt = now;
        if (!IsAnnounced)
        {
            Message = cooldown.Message;
            Failure = cooldown.Failure;
        }

        AllowedAt = TimeSpan.FromTicks(Math.Max(AllowedAt.Ticks, (now + cooldown.AllowedIn).Ticks));
        MessageAt = Later(now - cooldown.SinceMessage, MessageAt);
        if (cooldown.IsOpen)
        {
            IsOpen = true;
            FailingFrom ??= now - cooldown.FailingFor;
        }
    }

    public AlertCooldown ToCooldown(TimeSpan now) => new(
        key,
        Message,
        AllowedAt - now,
        IsOpen,
        SinceMessage(now),
        FailingFrom is { } start ? now - start : TimeSpan.Zero,
        Failure,
        IsLocal);

    private static TimeSpan Later(TimeSpan? one, TimeSpan? other) =>
        TimeSpan.FromTicks(Math.Max(one?.Ticks ?? long.MinValue, other?.Ticks ?? long.MinValue));

    private TimeSpan? Latest(Func<StageMoments, TimeSpan?> moment) =>
        _silos.Values.SelectMany(silo => silo.Stages.Values).Max(moment);

    private void MarkAllAnnounced()
    {
        foreach (var silo in _silos.Values)
        {
            silo.Announced = Math.Max(silo.Announced, silo.Failures);
        }
    }
}

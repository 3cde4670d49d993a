namespace CacheOrleans.Alerts;

/// <summary>What a throttle has on one key.</summary>
/// <remarks>Its owner serialises access.</remarks>
internal sealed class AlertState(AlertKey key)
{
    private readonly Dictionary<string, SiloCount> _silos = new(StringComparer.Ordinal);
    private TimeSpan? _learnedAt;

    public AlertKey Key => key;

    /// <summary>The last message about it; empty when it was refused since, or never told of.</summary>
    public Guid Message { get; private set; }

    /// <summary>When it may alert again.</summary>
    public TimeSpan AllowedAt { get; private set; }

    /// <summary>Whether its problem was announced and has not ended.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether this was decided by a silo alone.</summary>
    public bool IsLocal { get; set; }

    /// <summary>When its last message was decided, or it was first refused; null: neither was.</summary>
    public TimeSpan? MessageAt { get; private set; }

    /// <summary>When its problem began; null: it has none.</summary>
    public TimeSpan? FailingFrom { get; private set; }

    /// <summary>The failure last told of.</summary>
    public AlertFailure? Failure { get; private set; }

    public long Untold => _silos.Values.Sum(silo => silo.Untold);

    public TimeSpan? LastFailure => Latest(moments => moments.Failure);

    /// <summary>Whether messages tell of it: it was announced, and not refused since.</summary>
    public bool IsTold => Message != Guid.Empty;

    public bool IsHeld(TimeSpan now) => IsTold && now < AllowedAt;

    /// <summary>How long nothing has been heard to fail.</summary>
    /// <remarks>What happened before this was learned of is not known, nor is it while a message is fresh: every silo
    /// asks once more before the key is forgotten, and hears what was told.</remarks>
    public TimeSpan Calm(TimeSpan now) => now - Later(LastFailure, Later(_learnedAt, MessageAt ?? now));

    /// <summary>How long its last message is ago.</summary>
    public TimeSpan SinceMessage(TimeSpan now) => now - (MessageAt ?? now);

    /// <summary>Whether the problem is one of the store, so that it cannot be over while the store is skipped.
    /// </summary>
    public bool ConcernsStore => key.Class == AlertClass.Breaker
        || Failure is { Stage: not AlertStage.Fallback }
        || _silos.Values.SelectMany(silo => silo.Stages).Any(stage =>
            stage.Key != AlertStage.Fallback && stage.Value.Failure >= (FailingFrom ?? TimeSpan.MinValue));

    /// <summary>Whether each stage that failed has succeeded since.</summary>
    /// <remarks>A success on any silo counts, for one read shows that the store answers. Not so for the breakers that
    /// silos open for themselves alone: the others answer all the while, so each live silo must succeed itself.
    /// </remarks>
    /// <param name="isLive">Tells whether a silo has reported lately.</param>
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

    /// <summary>Takes in what a silo reports.</summary>
    public void Note(TimeSpan now, string silo, long sequence, AlertKeyReport report)
    {
        if (!_silos.TryGetValue(silo, out var count))
        {
            _silos.Add(silo, count = new SiloCount());
        }

        var before = LastFailure;
        count.Note(now, sequence, report);
        if (LastFailure is { } failure && (before is null || failure > before) && count.Untold > 0)
        {
            FailingFrom ??= failure;
        }
    }

    /// <summary>How many failures of a silo have been told of.</summary>
    public long ToldTo(string silo) => _silos.TryGetValue(silo, out var count) ? count.Told : 0;

    /// <summary>What no message has told of; null: nothing.</summary>
    /// <param name="now">The time.</param>
    /// <param name="told">How many of these the message itself tells of.</param>
    public SuppressedFailures? Suppressed(TimeSpan now, int told = 0)
    {
        var failures = Untold - told;
        return failures > 0
            ? new SuppressedFailures(failures, SinceMessage(now), _silos.Values.Count(silo => silo.Untold > 0))
            : null;
    }

    /// <summary>A message tells of a failure of a silo.</summary>
    /// <remarks>The first message about a key tells of one failure; nothing had been held back before it.</remarks>
    public void OnAnnounced(TimeSpan now, TimeSpan cooldown, string silo, AlertFailure failure)
    {
        if (MessageAt is null)
        {
            _silos[silo].Told++;
        }
        else
        {
            TellAll();
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

    /// <summary>There is no room for it before a time.</summary>
    public void OnRefused(TimeSpan now, TimeSpan until)
    {
        Message = Guid.Empty;
        MessageAt ??= now;
        AllowedAt = until;
    }

    /// <summary>A message tells of all that was held back.</summary>
    public void OnDigest(TimeSpan now)
    {
        TellAll();
        MessageAt = now;
    }

    /// <summary>Its problem has ended; a message says so where it was announced.</summary>
    public void OnEnded(TimeSpan now)
    {
        if (IsOpen)
        {
            OnDigest(now);
        }

        IsOpen = false;
        FailingFrom = null;
    }

    /// <summary>Learns what another throttle said.</summary>
    public void Learn(TimeSpan now, AlertCooldown cooldown)
    {
        _learnedAt = now;
        if (!IsTold)
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

    private void TellAll()
    {
        foreach (var silo in _silos.Values)
        {
            silo.Told = Math.Max(silo.Told, silo.Failures);
        }
    }
}

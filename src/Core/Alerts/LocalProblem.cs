namespace CacheOrleans.Alerts;

/// <summary>Holds what one silo knows about one key: its failures, its stages, and the failure to alert on.</summary>
/// <remarks>Its owner serializes access.</remarks>
internal sealed class LocalProblem(AlertKey key)
{
    private readonly Dictionary<AlertStage, StageMoments> _stages = [];

    /// <summary>How often the key has failed on this silo.</summary>
    public long Failures { get; private set; }

    /// <summary>How many of these failures were announced.</summary>
    public long Announced { get; private set; }

    public bool HasUnannounced => Failures > Announced;

    /// <summary>Whether the coordinator's table contains the key.</summary>
    public bool IsListed { get; private set; }

    /// <summary>When the key may alert again, according to the table.</summary>
    public TimeSpan AllowedAt { get; private set; } = TimeSpan.MinValue;

    /// <summary>The failure to alert on; null if there is none.</summary>
    public AlertEvidence? Evidence { get; private set; }

    /// <summary>The description of this failure; null until <see cref="Describe"/> has been called.</summary>
    public AlertFailure? Described { get; private set; }

    /// <summary>Whether there is a failure to alert on that has no description yet.</summary>
    /// <remarks>The first report about a key that the coordinator does not know must contain a failure to announce: a
    /// report with only counts would look as if a lost coordinator had announced them.</remarks>
    public bool NeedsDescription => Evidence is not null && Described is null;

    /// <summary>Whether a report has contained the failure.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Records a failure.</summary>
    /// <returns>Whether it is the failure to alert on; otherwise it is suppressed.</returns>
    public bool OnFailure(TimeSpan now, AlertStage stage, Func<AlertEvidence> evidence)
    {
        Failures++;
        _stages[stage] = new(now, null);
        if (now < AllowedAt || Evidence is not null)
        {
            return false;
        }

        (Evidence, Described, IsSent) = (evidence(), null, false);
        return true;
    }

    public void OnSuccess(TimeSpan now, AlertStage stage) =>
        _stages[stage] = _stages.GetValueOrDefault(stage) with { Success = now };

    /// <summary>Records that the store responded, which ends the problem of an opened breaker.</summary>
    /// <param name="at">When the store responded.</param>
    /// <param name="mustHaveFailed">Whether the response counts only if this silo has seen the problem.</param>
    public void OnStoreAnswered(TimeSpan at, bool mustHaveFailed)
    {
        var moments = _stages.GetValueOrDefault(AlertStage.Breaker);
        if ((moments.Failure is not null || !mustHaveFailed) && !(moments.Success >= at))
        {
            OnSuccess(at, AlertStage.Breaker);
        }
    }

    /// <summary>Records that this silo skips the store: an earlier success says nothing about the store afterwards.
    /// </summary>
    public void OnStoreSkipped()
    {
        foreach (var stage in _stages.Keys.Where(stage => stage is AlertStage.Read or AlertStage.Store).ToList())
        {
            _stages[stage] = _stages[stage] with { Success = null };
        }
    }

    /// <summary>Ends the cooldown as far as this silo knows it.</summary>
    public void Release() => AllowedAt = TimeSpan.MinValue;

    public void Describe(AlertFailure failure)
    {
        if (failure.Id == Evidence?.Id)
        {
            Described = failure;
        }
    }

    public AlertKeyReport Report(TimeSpan now)
    {
        IsSent = Described is not null;
        return new AlertKeyReport(
            key,
            Failures,
            Announced,
            [
                .. _stages.Select(stage => new AlertStageReport(
                    stage.Key, now - stage.Value.Failure, now - stage.Value.Success)),
            ],
            Described);
    }

    public void OnAnnounced(long failures) => Announced = Math.Max(Announced, failures);

    /// <summary>Applies the key's cooldown from the coordinator's table.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="cooldown">The cooldown; null if the table does not contain the key.</param>
    /// <param name="isReleased">Whether the cooldown has ended and the table does not show this yet.</param>
    /// <returns>Whether the failure to alert on is suppressed after all.</returns>
    public bool OnTable(TimeSpan now, AlertCooldown? cooldown, bool isReleased)
    {
        IsListed = cooldown is not null;
        AllowedAt = cooldown is null || isReleased ? TimeSpan.MinValue : now + cooldown.AllowedIn;
        if (Evidence is null || AllowedAt <= now)
        {
            return false;
        }

        var isSuppressed = Evidence.Id != cooldown!.Message;
        (Evidence, Described, IsSent) = (null, null, false);
        return isSuppressed;
    }
}

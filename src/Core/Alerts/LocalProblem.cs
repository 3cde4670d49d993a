namespace CacheOrleans.Alerts;

/// <summary>What one silo knows of one key.</summary>
/// <remarks>Its owner serialises access.</remarks>
internal sealed class LocalProblem(AlertKey key)
{
    private readonly Dictionary<AlertStage, StageMoments> _stages = [];

    /// <summary>How often it has failed here.</summary>
    public long Failures { get; private set; }

    /// <summary>How many of these were told of.</summary>
    public long Told { get; private set; }

    public bool HasUntold => Failures > Told;

    /// <summary>Whether the coordinator's table has it.</summary>
    public bool IsListed { get; private set; }

    /// <summary>When it may alert again, as the table says.</summary>
    public TimeSpan AllowedAt { get; private set; } = TimeSpan.MinValue;

    /// <summary>The failure to alert on; null: none.</summary>
    public AlertEvidence? Evidence { get; private set; }

    /// <summary>The same in words; null until somebody has put it so.</summary>
    public AlertFailure? Described { get; private set; }

    /// <summary>Whether there is a failure to alert on, and no words for it yet.</summary>
    /// <remarks>A key that the coordinator does not know begins with a failure to tell of: counts alone would be taken
    /// for what a lost coordinator has told.</remarks>
    public bool IsSpeechless => Evidence is not null && Described is null;

    /// <summary>Whether a report had it.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Takes note of a failure.</summary>
    /// <returns>Whether it is one to alert on; else it is held back.</returns>
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

    /// <summary>Takes note that the store answered: an opened breaker's problem is over with that.</summary>
    /// <param name="at">When it answered.</param>
    /// <param name="mustHaveFailed">Whether that counts only where the problem has been seen.</param>
    public void OnStoreAnswered(TimeSpan at, bool mustHaveFailed)
    {
        var moments = _stages.GetValueOrDefault(AlertStage.Breaker);
        if ((moments.Failure is not null || !mustHaveFailed) && !(moments.Success >= at))
        {
            OnSuccess(at, AlertStage.Breaker);
        }
    }

    /// <summary>Takes note that this silo skips the store: what succeeded before says nothing of what cooldowns
    /// later.</summary>
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
            Told,
            [
                .. _stages.Select(stage => new AlertStageReport(
                    stage.Key, now - stage.Value.Failure, now - stage.Value.Success)),
            ],
            Described);
    }

    public void OnTold(long failures) => Told = Math.Max(Told, failures);

    /// <summary>Takes in what the coordinator's table has on it, if anything.</summary>
    /// <param name="now">The time.</param>
    /// <param name="cooldown">What the table has.</param>
    /// <param name="isReleased">Whether this silo knows that the cooldown has ended and the table does not.</param>
    /// <returns>Whether the failure to alert on is held back after all.</returns>
    public bool OnTable(TimeSpan now, AlertCooldown? cooldown, bool isReleased)
    {
        IsListed = cooldown is not null;
        AllowedAt = cooldown is null || isReleased ? TimeSpan.MinValue : now + cooldown.AllowedIn;
        if (Evidence is null || AllowedAt <= now)
        {
            return false;
        }

        var isHeldBack = Evidence.Id != cooldown!.Message;
        (Evidence, Described, IsSent) = (null, null, false);
        return isHeldBack;
    }
}

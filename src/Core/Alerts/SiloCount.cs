namespace CacheOrleans.Alerts;

/// <summary>What one silo has reported of one key.</summary>
/// <remarks>Its owner serialises access.</remarks>
internal sealed class SiloCount
{
    private long _sequence;

    /// <summary>How often the key has failed on the silo.</summary>
    public long Failures { get; private set; }

    /// <summary>How many of these were told of.</summary>
    public long Told { get; set; }

    public long Untold => Math.Max(0, Failures - Told);

    public Dictionary<AlertStage, StageMoments> Stages { get; } = [];

    /// <summary>Takes in a report; an earlier one that comes late says nothing.</summary>
    /// <remarks>What one report says of a stage is kept together: its failure and its success are ordered by the
    /// silo's own clock, however long the report took.</remarks>
    public void Note(TimeSpan now, long sequence, AlertKeyReport report)
    {
        if (sequence <= _sequence)
        {
            return;
        }

        _sequence = sequence;
        Failures = Math.Max(Failures, report.Failures);
        Told = Math.Max(Told, report.Told);
        foreach (var stage in report.Stages)
        {
            Stages[stage.Stage] = new(now - stage.SinceFailure, now - stage.SinceSuccess);
        }
    }
}

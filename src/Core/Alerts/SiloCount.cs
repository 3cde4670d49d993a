namespace CacheOrleans.Alerts;

/// <summary>Holds what one silo has reported about one key.</summary>
/// <remarks>Its owner serializes access.</remarks>
internal sealed class SiloCount
{
    private long _sequence;

    /// <summary>How often the key has failed on the silo.</summary>
    public long Failures { get; private set; }

    /// <summary>How many of these failures were announced.</summary>
    public long Announced { get; set; }

    public long Unannounced => Math.Max(0, Failures - Announced);

    public Dictionary<AlertStage, StageMoments> Stages { get; } = [];

    /// <summary>Records a report; an earlier report that arrives late is ignored.</summary>
    /// <remarks>The failure and the success of a stage are always taken from the same report: they are ordered by the
    /// silo's own clock, however long the report took.</remarks>
    public void Note(TimeSpan now, long sequence, AlertKeyReport report)
    {
        if (sequence <= _sequence)
        {
            return;
        }

        _sequence = sequence;
        Failures = Math.Max(Failures, report.Failures);
        Announced = Math.Max(Announced, report.Announced);
        foreach (var stage in report.Stages)
        {
            Stages[stage.Stage] = new(now - stage.SinceFailure, now - stage.SinceSuccess);
        }
    }
}

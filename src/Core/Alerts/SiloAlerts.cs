#pragma warning disable CS9113 // to be built
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
    /// <summary>Whether anything is wrong here or in the cluster, so that a success is worth telling.</summary>
    public bool AreOpen => throw new NotImplementedException();

    /// <summary>When the next report is due; in the past: at once; <see cref="TimeSpan.MaxValue"/>: never.</summary>
    public TimeSpan NextReport => throw new NotImplementedException();

    /// <summary>How many failures were held back since the silo started.</summary>
    public long HeldBack => throw new NotImplementedException();

    /// <summary>Something failed.</summary>
    public void OnFailure(TimeSpan now, AlertKey key, AlertStage stage, Exception? error, string? what) =>
        throw new NotImplementedException();

    /// <summary>Something worked.</summary>
    public void OnSuccess(TimeSpan now, AlertKey key, AlertStage stage) => throw new NotImplementedException();

    /// <summary>The failures that the next report needs in words.</summary>
    public IReadOnlyList<AlertEvidence> Undescribed => throw new NotImplementedException();

    /// <summary>Puts a failure into words, those of <see cref="Undescribed"/>.</summary>
    public void Describe(AlertKey key, AlertFailure failure) => throw new NotImplementedException();

    /// <summary>The last table it was told, with the holds it decided alone; ages are those of now.</summary>
    public AlertTable Known(TimeSpan now) => throw new NotImplementedException();

    /// <summary>Makes the report to send now.</summary>
    public AlertReport Report(TimeSpan now) => throw new NotImplementedException();

    /// <summary>The coordinator answered.</summary>
    public void OnAnswer(TimeSpan now, AlertAnswer answer) => throw new NotImplementedException();

    /// <summary>The coordinator did not answer in time.</summary>
    /// <returns>What this silo is to deliver by itself, for the silence has lasted.</returns>
    public IReadOnlyList<AlertNotice> OnSilence(TimeSpan now, DateTimeOffset at, AlertReport report) =>
        throw new NotImplementedException();

    /// <summary>The coordinator told of a change.</summary>
    public void OnPush(TimeSpan now, AlertTable table) => throw new NotImplementedException();
}

namespace CacheOrleans.Alerts;

/// <summary>Records the failures that may raise alerts, and the successes that resolve them.</summary>
/// <remarks>Thread-safe. The methods neither wait nor throw; while there is no problem, recording a success costs one
/// volatile read.</remarks>
public interface IAlerts
{
    /// <summary>Whether there is a problem, so that a success must be recorded.</summary>
    bool HasProblems { get; }

    /// <summary>Records that a stage of a cache failed.</summary>
    void OnFailure(string cache, AlertStage stage, Exception exception);

    /// <summary>Records that a stage of a cache succeeded; a miss is a success.</summary>
    void OnSuccess(string cache, AlertStage stage);
}

namespace CacheOrleans.Alerts;

/// <summary>Takes note of what fails, and of what works again.</summary>
/// <remarks>Thread-safe. Nothing waits and nothing is thrown; while nothing is wrong a success is one volatile read.
/// </remarks>
public interface IAlerts
{
    /// <summary>Whether anything is wrong, so that a success is worth telling.</summary>
    bool AreOpen { get; }

    /// <summary>A stage of a cache failed.</summary>
    void OnFailure(string cache, AlertStage stage, Exception exception);

    /// <summary>A stage of a cache succeeded; a miss is a success.</summary>
    void OnSuccess(string cache, AlertStage stage);
}

namespace CacheOrleans.Alerts;

/// <summary>Records nothing, so that no alert is raised.</summary>
public sealed class NoAlerts : IAlerts
{
    /// <inheritdoc />
    public bool HasProblems => false;

    /// <inheritdoc />
    public void OnFailure(string cache, AlertStage stage, Exception exception)
    {
        // Nothing is recorded.
    }

    /// <inheritdoc />
    public void OnSuccess(string cache, AlertStage stage)
    {
        // There is no problem that this could resolve.
    }
}

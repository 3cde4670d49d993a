namespace CacheOrleans.Alerts;

/// <summary>Takes note of nothing: nobody is alerted.</summary>
public sealed class NoAlerts : IAlerts
{
    /// <inheritdoc />
    public bool AreOpen => false;

    /// <inheritdoc />
    public void OnFailure(string cache, AlertStage stage, Exception exception)
    {
        // Nobody is told.
    }

    /// <inheritdoc />
    public void OnSuccess(string cache, AlertStage stage)
    {
        // Nobody was told.
    }
}

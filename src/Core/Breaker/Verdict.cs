namespace CacheOrleans.Breaker;

/// <summary>The evidence for opening the breaker.</summary>
/// <param name="Failures">How many failures all silos reported within the sampling duration.</param>
/// <param name="Names">The caches that those failures came from.</param>
/// <param name="FailingSilos">How many silos' latest read or write failed.</param>
/// <param name="FailuresElsewhere">The failures in a row of all failing silos except the one with the most.</param>
internal readonly record struct Verdict(
    int Failures, IReadOnlyCollection<string> Names, int FailingSilos, int FailuresElsewhere)
{
    /// <summary>Whether there are enough failures, from enough caches and enough silos.</summary>
    /// <remarks>A single failure on another silo may be chance, and does not confirm a silo that fails all the time:
    /// the other silos need two failures in a row, or one failure on each of two silos.</remarks>
    /// <param name="settings">The thresholds.</param>
    /// <param name="quorum">How many silos must be failing.</param>
    public bool Trips(BreakerOptions settings, int quorum) =>
        Failures >= settings.FailureThreshold
        && Names.Count >= settings.MinimumCaches
        && FailingSilos >= quorum
        && (quorum == 1 || FailuresElsewhere > 1);
}

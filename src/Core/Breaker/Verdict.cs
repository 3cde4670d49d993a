namespace CacheOrleans.Breaker;

/// <summary>What speaks for opening.</summary>
/// <param name="Failures">The failures inside the window, of all silos.</param>
/// <param name="Names">The caches they were of.</param>
/// <param name="FailingSilos">The silos whose latest read or write failed.</param>
/// <param name="Seconded">The failures in a row of the failing silos but the one with the most.</param>
internal readonly record struct Verdict(
    int Failures, IReadOnlyCollection<string> Names, int FailingSilos, int Seconded)
{
    /// <summary>Whether there are enough failures, of enough caches, of enough silos.</summary>
    /// <remarks>A single failure elsewhere is chance, and does not second a silo that fails all the time: there must be
    /// two in a row, or one each of two silos.</remarks>
    /// <param name="settings">What is enough.</param>
    /// <param name="quorum">How many silos must be failing.</param>
    public bool Trips(BreakerOptions settings, int quorum) =>
        Failures >= settings.FailureThreshold
        && Names.Count >= settings.MinimumCaches
        && FailingSilos >= quorum
        && (quorum == 1 || Seconded > 1);
}

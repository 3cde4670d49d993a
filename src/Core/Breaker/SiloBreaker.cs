#pragma warning disable
using CacheOrleans.Storage;

namespace CacheOrleans.Breaker;

/// <summary>One silo's part in the breaker: what it counts, what it was told, and its own breaker for when it is
/// told nothing.</summary>
/// <remarks>Its owner serialises access. Times are of one monotonic clock.</remarks>
/// <param name="silo">The silo's name; a restarted silo has another.</param>
/// <param name="settings">The settings until it is told others.</param>
/// <param name="random">Where the jitter of its own breaks comes from.</param>
/// <param name="now">The time.</param>
public sealed class SiloBreaker(string silo, BreakerOptions settings, Random random, TimeSpan now)
{
    private readonly object _unused = (silo, settings, random, now);

    /// <summary>How long the coordinator may take to answer a report.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>What the silo does with calls.</summary>
    public BreakerView View => throw new NotImplementedException();

    /// <summary>The last snapshot it was told, with the time that is left now.</summary>
    public BreakerSnapshot Known(TimeSpan now) => throw new NotImplementedException();

    /// <summary>Whether a success would change anything but the time of the last call.</summary>
    public bool IsTroubled => throw new NotImplementedException();

    /// <summary>Whether the coordinator has not answered the last report.</summary>
    public bool IsAlone => throw new NotImplementedException();

    /// <summary>How many failures inside the window the silo has recorded.</summary>
    public int Failures(TimeSpan now) => throw new NotImplementedException();

    /// <summary>When the next report is due; in the past: at once.</summary>
    public TimeSpan NextReport => throw new NotImplementedException();

    /// <summary>A call succeeded.</summary>
    public void OnSuccess(TimeSpan now, BreakerPass pass, StoreOperation operation) => throw new NotImplementedException();

    /// <summary>A call failed in a way that counts.</summary>
    /// <returns>Whether it counted; false: the call began before a transition, or nothing is counted.</returns>
    public bool OnFailure(TimeSpan now, BreakerPass pass, StoreOperation operation, string cache) => throw new NotImplementedException();

    /// <summary>Makes the report to send now.</summary>
    public BreakerReport Report(TimeSpan now) => throw new NotImplementedException();

    /// <summary>The coordinator answered a report.</summary>
    public SiloDecision OnAnswer(TimeSpan now, BreakerReport report, BreakerAnswer answer) => throw new NotImplementedException();

    /// <summary>The coordinator did not answer a report in time; the silo decides for itself.</summary>
    public SiloDecision OnSilence(TimeSpan now, BreakerReport report) => throw new NotImplementedException();

    /// <summary>The coordinator told of a change.</summary>
    public void OnPush(TimeSpan now, BreakerSnapshot snapshot) => throw new NotImplementedException();

    /// <summary>A probe ended.</summary>
    public void OnProbed(TimeSpan now, SiloPermit permit, bool isSuccess) => throw new NotImplementedException();
}

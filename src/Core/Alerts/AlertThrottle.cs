#pragma warning disable CS9113 // to be built
using CacheOrleans.Coordination;

namespace CacheOrleans.Alerts;

/// <summary>Decides which failures people are told of: for the cluster, or for a silo that is alone.</summary>
/// <remarks>Its owner serialises access. Times are of one monotonic clock.</remarks>
/// <param name="options">The settings.</param>
/// <param name="random">Makes the ids of messages.</param>
public sealed class AlertThrottle(AlertOptions options, Random random)
{
    /// <summary>The version of what it says; changes with each change that the silos should hear of.</summary>
    public CoordinatorVersion Version => throw new NotImplementedException();

    /// <summary>Takes in a silo's report.</summary>
    /// <param name="now">The time.</param>
    /// <param name="at">The time on the wall, for messages.</param>
    /// <param name="report">The report.</param>
    public AlertOutcome Report(TimeSpan now, DateTimeOffset at, AlertReport report) =>
        throw new NotImplementedException();

    /// <summary>Takes over from the coordinator that said the latest of some tables, and learns what silos decided
    /// alone.</summary>
    /// <returns>The messages it had not delivered.</returns>
    public IReadOnlyList<AlertNotice> TakeOver(TimeSpan now, IReadOnlyList<AlertTable> tables) =>
        throw new NotImplementedException();

    /// <summary>A message was delivered, or given up.</summary>
    public void OnDelivered(Guid message) => throw new NotImplementedException();

    /// <summary>What it says.</summary>
    public AlertTable Table(TimeSpan now) => throw new NotImplementedException();

    /// <summary>What it has on each key.</summary>
    public IReadOnlyList<AlertKeyState> Keys(TimeSpan now) => throw new NotImplementedException();
}

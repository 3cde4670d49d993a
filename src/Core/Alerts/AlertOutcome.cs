namespace CacheOrleans.Alerts;

/// <summary>What came of a report.</summary>
/// <param name="Answer">What the silo is answered.</param>
/// <param name="Notices">The messages to be delivered now.</param>
/// <param name="Refused">The keys that were not told of, for there was no room, and were not refused before.</param>
public sealed record AlertOutcome(
    AlertAnswer Answer, IReadOnlyList<AlertNotice> Notices, IReadOnlyList<AlertKey> Refused);

namespace CacheOrleans.Alerts;

/// <summary>The result of a silo's report to an alert throttle.</summary>
/// <param name="Answer">The answer to the silo.</param>
/// <param name="Notices">The messages to be delivered now.</param>
/// <param name="Refused">The keys that are refused now, because too many caches are in their cooldown, and were not
/// refused before.</param>
public sealed record AlertOutcome(
    AlertAnswer Answer, IReadOnlyList<AlertNotice> Notices, IReadOnlyList<AlertKey> Refused);

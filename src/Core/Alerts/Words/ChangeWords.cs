using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>Writes what was changed manually, and the consequence.</summary>
internal static class ChangeWords
{
    /// <summary>Returns what was done, as the rest of a sentence about the breaker.</summary>
    public static string Done(ManualChange? change) => change?.To switch
    {
        BreakerState.Isolated => "was isolated manually",
        BreakerState.Disabled => "was disabled manually",
        BreakerState.Closed => "was closed manually",
        _ => "was changed manually",
    };

    /// <summary>Returns a sentence about the consequence of the change.</summary>
    public static string Consequence(ManualChange? change) => change switch
    {
        { To: BreakerState.Isolated } => "Every silo skips Redis until somebody closes or disables the breaker.",
        { To: BreakerState.Disabled } =>
            "Every silo uses Redis, and no failure opens the breaker, until somebody closes or isolates it.",
        { To: BreakerState.Closed, From: BreakerState.Disabled } =>
            "Every silo continues to use Redis, and failures count again.",
        { To: BreakerState.Closed } =>
            "Every silo uses Redis again, and all failures are forgotten. This does not say whether Redis answers.",
        _ => "The new state is unknown.",
    };

    /// <summary>Returns the details of the message.</summary>
    public static IEnumerable<(string Name, string Value)> Details(AlertNotice notice)
    {
        if (notice.Change is { } change)
        {
            yield return ("Changed by", change.By ?? "not known");
            yield return ("Changed at", AlertTime.Since(notice.At, change.Age));
            yield return ("State before", OutlookWords.Name(change.From));
        }
    }
}

using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>Says what somebody changed manually, and what follows from it.</summary>
internal static class ChangeWords
{
    /// <summary>Says what was done.</summary>
    public static string Done(ManualChange? change) => change?.To switch
    {
        BreakerState.Isolated => "was isolated manually",
        BreakerState.Disabled => "was disabled manually",
        BreakerState.Closed => "was closed manually",
        _ => "was changed manually",
    };

    /// <summary>Says what follows.</summary>
    public static string Consequence(ManualChange? change) => change switch
    {
        { To: BreakerState.Isolated } => "Every silo skips Redis until somebody closes or disables the breaker.",
        { To: BreakerState.Disabled } =>
            "Every silo uses Redis, and no failure opens the breaker, until somebody closes or isolates it.",
        { To: BreakerState.Closed, From: BreakerState.Disabled } =>
            "Every silo goes on using Redis, and failures count again.",
        { To: BreakerState.Closed } =>
            "Every silo uses Redis again, and all failures are forgotten. This does not say whether Redis answers.",
        _ => "It is not known to what.",
    };

    /// <summary>Names the details.</summary>
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

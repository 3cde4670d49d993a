using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>Writes whether a problem is over, and states only what is known.</summary>
internal static class OutlookWords
{
    /// <summary>Returns the present situation of a key that failed more often than was announced.</summary>
    public static string Digest(AlertNotice notice) => notice.Situation?.Outlook switch
    {
        AlertOutlook.Skipped => $"At {Time(notice)} it is not known whether Redis answers: {Skipping(notice)}.",
        AlertOutlook.Works when notice.Key.Class == AlertClass.Breaker =>
            $"Redis has answered since; at {Time(notice)} the circuit breaker is {State(notice)}.",
        AlertOutlook.Works => $"It has succeeded since, and nothing has failed{Until(notice)}.",
        AlertOutlook.Unknown or null =>
            $"Nothing has failed{Until(notice)}, but nothing has succeeded either: it may not have been tried.",
        _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Situation.Outlook, "Unknown outlook."),
    };

    /// <summary>Returns the evidence that a problem is over.</summary>
    public static string Resolved(AlertNotice notice) => notice.Key.Class == AlertClass.Breaker
        ? $"Redis has answered since; at {Time(notice)} the circuit breaker is {State(notice)}."
        : $"It has succeeded since, and nothing has failed{Until(notice)}.";

    /// <summary>Returns the name of a state.</summary>
    public static string Name(BreakerState state) => state switch
    {
        BreakerState.Closed => "closed",
        BreakerState.Open => "open",
        BreakerState.HalfOpen => "half open",
        BreakerState.Isolated => "isolated",
        BreakerState.Disabled => "disabled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    private static string Skipping(AlertNotice notice) => notice.Situation switch
    {
        { Breaker: not (null or BreakerState.Closed or BreakerState.Disabled) and var state } =>
            $"every silo skips it, because the circuit breaker is {Name(state.Value)}",
        { SkippingLocally: 1 } => "1 silo skips it because of its local breaker",
        { SkippingLocally: var silos } => $"{AlertTime.Count(silos, "silo")} skip it because of their local breakers",
        null => "it is skipped",
    };

    private static string State(AlertNotice notice) =>
        notice.Situation?.Breaker is { } state ? Name(state) : "in an unknown state";

    private static string Until(AlertNotice notice) => notice.Situation?.SinceFailure is { } length
        ? $" between {AlertTime.Since(notice.At, length)} and {Time(notice)}"
        : $" lately, as of {Time(notice)}";

    private static string Time(AlertNotice notice) => AlertTime.Since(notice.At, TimeSpan.Zero);
}

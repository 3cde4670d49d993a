namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>A change of the breaker's state as <c>GET /api/breaker</c> shows it.</summary>
internal sealed record BreakerTransitionView(
    DateTime At,
    string From,
    string To,
    string Cause,
    int Failures,
    int Names,
    int Silos,
    double? BreakDurationSeconds,
    int Attempt,
    string? By)
{
    public static BreakerTransitionView Of(TimedTransition timed)
    {
        var transition = timed.Transition;
        return new(
            Shown.Time(timed.At),
            Shown.Name(transition.From),
            Shown.Name(transition.To),
            Shown.Name(transition.Cause),
            transition.Failures,
            transition.Names,
            transition.Silos,
            transition.BreakDuration is { } length ? Shown.Seconds(length) : null,
            transition.Attempt,
            transition.By);
    }
}

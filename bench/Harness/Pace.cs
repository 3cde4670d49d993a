namespace CacheOrleans.Bench.Harness;

/// <summary>How long contenders are warmed up and measured.</summary>
/// <param name="Rounds">How often each contender is measured.</param>
/// <param name="RoundLength">The minimum length of a round.</param>
/// <param name="WarmUps">How often each contender is warmed up, in turns.</param>
/// <param name="WarmUpLength">The length of one warm-up.</param>
/// <param name="Rest">The pause after each warm-up: the compiler optimizes when no new methods are being
/// called.</param>
internal sealed record Pace(
    int Rounds, TimeSpan RoundLength, int WarmUps, TimeSpan WarmUpLength, TimeSpan Rest)
{
    public static readonly Pace Full = new(25, Milliseconds(40), 3, Milliseconds(700), Milliseconds(300));

    public static readonly Pace Quick = new(5, Milliseconds(15), 3, Milliseconds(50), Milliseconds(40));

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);
}

namespace CacheOrleans.Bench.Harness;

/// <summary>How long contenders are warmed up and measured.</summary>
/// <param name="Rounds">How often each has its turn.</param>
/// <param name="RoundLength">How long a turn takes at least.</param>
/// <param name="WarmUps">How often each is warmed up, by turns.</param>
/// <param name="WarmUpLength">For how long each time.</param>
/// <param name="Rest">The pause after each: the compiler optimizes once nothing new is being called.</param>
internal sealed record Pace(
    int Rounds, TimeSpan RoundLength, int WarmUps, TimeSpan WarmUpLength, TimeSpan Rest)
{
    public static readonly Pace Full = new(25, Milliseconds(40), 3, Milliseconds(700), Milliseconds(300));

    public static readonly Pace Quick = new(5, Milliseconds(15), 3, Milliseconds(50), Milliseconds(40));

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);
}

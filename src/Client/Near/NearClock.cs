namespace CacheOrleans.Client.Near;

/// <summary>The clock of a hit: the system's tick count, which costs a quarter of the exact time.</summary>
/// <remarks>Only <see cref="TimeProvider.GetTimestamp"/> differs from the system's; it may be some milliseconds behind.
/// </remarks>
internal sealed class NearClock : TimeProvider
{
    private static readonly NearClock Instance = new();

    private NearClock()
    {
    }

    /// <inheritdoc />
    public override long TimestampFrequency => 1000;

    /// <summary>The clock to use where the application's is <paramref name="time"/>.</summary>
    public static TimeProvider Of(TimeProvider time) => ReferenceEquals(time, System) ? Instance : time;

    /// <inheritdoc />
    public override long GetTimestamp() => Environment.TickCount64;
}

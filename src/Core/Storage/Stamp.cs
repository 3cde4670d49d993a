namespace CacheOrleans.Storage;

/// <summary>The order of writes and removes of one key: microseconds since 1970, made to grow.</summary>
/// <remarks>
/// A new stamp is above every stamp the key's owner has seen, so an owner's operations are in order. Owners on
/// different silos order by their clocks until one has seen the other's stamp; the error is bounded by the skew
/// between the clocks. An owner cannot change a key as often as once in a microsecond, so stamps do not run ahead of
/// its clock.
/// </remarks>
/// <param name="Value">Microseconds since 1970-01-01 UTC, or one above the last stamp seen.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.Stamp")]
public readonly record struct Stamp([property: Id(0)] long Value) : IComparable<Stamp>
{
    /// <summary>Below every stamp that is ever given.</summary>
    public static Stamp None => default;

    /// <summary>The highest stamp to be believed now: a day ahead.</summary>
    /// <remarks>One above it is damage or a clock gone wild. It counts as unreadable and is overwritten; honoured, it
    /// would refuse every write for as long as its record is kept.</remarks>
    public static Stamp Ceiling(DateTimeOffset now) => new(Microseconds(now.AddDays(1)));

    /// <summary>The time that it stands for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is above every <see cref="Ceiling"/>.</exception>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(Value * TimeSpan.TicksPerMicrosecond);

    /// <summary>The stamp of an operation that happens now, after <paramref name="last"/>.</summary>
    public static Stamp Next(DateTimeOffset now, Stamp last) =>
        new(Math.Max(Microseconds(now), last.Value + 1));

    /// <summary>The later of two.</summary>
    public static Stamp Max(Stamp left, Stamp right) => left >= right ? left : right;

    private static long Microseconds(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <inheritdoc />
    public int CompareTo(Stamp other) => Value.CompareTo(other.Value);

    /// <summary>Whether the left one is earlier.</summary>
    public static bool operator <(Stamp left, Stamp right) => left.Value < right.Value;

    /// <summary>Whether the left one is later.</summary>
    public static bool operator >(Stamp left, Stamp right) => left.Value > right.Value;

    /// <summary>Whether the left one is not later.</summary>
    public static bool operator <=(Stamp left, Stamp right) => left.Value <= right.Value;

    /// <summary>Whether the left one is not earlier.</summary>
    public static bool operator >=(Stamp left, Stamp right) => left.Value >= right.Value;
}

using System.Globalization;

namespace CacheOrleans.Storage;

/// <summary>A number that orders the writes and removes of one key: microseconds since 1970, increased where needed so
/// that each stamp is above the last.</summary>
/// <remarks>
/// A new stamp is above every stamp that the key's owner has seen, so an owner's operations are in order. Owners on
/// different silos are ordered by their clocks until one has seen the other's stamp; the error is bounded by the skew
/// between the clocks. An owner changes a key less often than once per microsecond, so stamps do not run ahead of its
/// clock.
/// </remarks>
/// <param name="Value">Microseconds since 1970-01-01 UTC, or one above the last stamp seen.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.Stamp")]
public readonly record struct Stamp([property: Id(0)] long Value) : IComparable<Stamp>
{
    /// <summary>The stamp below every stamp that is ever assigned.</summary>
    public static Stamp None => default;

    /// <summary>Returns the highest stamp that is accepted now: a day ahead.</summary>
    /// <remarks>A stamp above it comes from damage or from a clock that is far off. Its record counts as unreadable and
    /// is overwritten; otherwise it would cause every write to be refused for as long as it is stored.</remarks>
    public static Stamp Ceiling(DateTimeOffset now) => new(Microseconds(now.AddDays(1)));

    /// <summary>The time that the stamp represents.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The stamp is above every <see cref="Ceiling"/>.</exception>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(Value * TimeSpan.TicksPerMicrosecond);

    /// <summary>Returns the stamp of an operation that happens now, after <paramref name="last"/>.</summary>
    public static Stamp Next(DateTimeOffset now, Stamp last) =>
        new(Math.Max(Microseconds(now), last.Value + 1));

    /// <summary>Returns the later of two stamps.</summary>
    public static Stamp Max(Stamp left, Stamp right) => left >= right ? left : right;

    private static long Microseconds(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <inheritdoc />
    public int CompareTo(Stamp other) => Value.CompareTo(other.Value);

    /// <inheritdoc />
    /// <remarks>A record prints its properties otherwise, and not every stamp has a <see cref="Time"/>.</remarks>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the left stamp is earlier.</summary>
    public static bool operator <(Stamp left, Stamp right) => left.Value < right.Value;

    /// <summary>Whether the left stamp is later.</summary>
    public static bool operator >(Stamp left, Stamp right) => left.Value > right.Value;

    /// <summary>Whether the left stamp is not later.</summary>
    public static bool operator <=(Stamp left, Stamp right) => left.Value <= right.Value;

    /// <summary>Whether the left stamp is not earlier.</summary>
    public static bool operator >=(Stamp left, Stamp right) => left.Value >= right.Value;
}

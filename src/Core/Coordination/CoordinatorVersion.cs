namespace CacheOrleans.Coordination;

/// <summary>The order of what a coordinator has said.</summary>
/// <param name="Epoch">Grows with each coordinator that takes over from another.</param>
/// <param name="Number">Grows with each change by one coordinator.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CoordinatorVersion")]
public readonly record struct CoordinatorVersion([property: Id(0)] long Epoch, [property: Id(1)] long Number)
    : IComparable<CoordinatorVersion>
{
    /// <inheritdoc />
    public int CompareTo(CoordinatorVersion other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Number.CompareTo(other.Number);

    /// <summary>Whether one was said before another.</summary>
    public static bool operator <(CoordinatorVersion left, CoordinatorVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one was said after another.</summary>
    public static bool operator >(CoordinatorVersion left, CoordinatorVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one was not said after another.</summary>
    public static bool operator <=(CoordinatorVersion left, CoordinatorVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one was not said before another.</summary>
    public static bool operator >=(CoordinatorVersion left, CoordinatorVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => $"{Epoch}.{Number}";
}

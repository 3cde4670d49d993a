namespace CacheOrleans;

/// <summary>A version that orders the announcements of a coordinator and of its successors.</summary>
/// <param name="Epoch">A number that grows with each coordinator that takes over from another.</param>
/// <param name="Number">A number that grows with each change by one coordinator.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.CoordinatorVersion")]
public readonly record struct CoordinatorVersion([property: Id(0)] long Epoch, [property: Id(1)] long Number)
    : IComparable<CoordinatorVersion>
{
    /// <inheritdoc />
    public int CompareTo(CoordinatorVersion other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Number.CompareTo(other.Number);

    /// <summary>Whether the left version is earlier.</summary>
    public static bool operator <(CoordinatorVersion left, CoordinatorVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is later.</summary>
    public static bool operator >(CoordinatorVersion left, CoordinatorVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is not later.</summary>
    public static bool operator <=(CoordinatorVersion left, CoordinatorVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is not earlier.</summary>
    public static bool operator >=(CoordinatorVersion left, CoordinatorVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => $"{Epoch}.{Number}";
}

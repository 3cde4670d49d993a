using System.Globalization;

namespace CacheOrleans.Bench.Harness;

/// <summary>The target of a row.</summary>
/// <param name="Bound">The limit; null if the row is only reported, without a target.</param>
/// <param name="IsOfRatio">Whether the limit is for the ratio of our figure to the peer's; otherwise it is for our
/// figure.</param>
/// <param name="IsLeast">Whether the limit is a minimum instead of a maximum.</param>
/// <param name="IsFree">Whether our side must also allocate nothing.</param>
internal sealed record Target(double? Bound, bool IsOfRatio = false, bool IsLeast = false, bool IsFree = false)
{
    public static readonly Target Reported = new(Bound: null);

    /// <summary>Returns a maximum for the ratio of our figure to the peer's.</summary>
    public static Target Ratio(double most) => new(most, IsOfRatio: true);

    /// <summary>Returns a maximum for the ratio; also requires that our side allocates nothing.</summary>
    public static Target FreeRatio(double most) => new(most, IsOfRatio: true, IsFree: true);

    /// <summary>Returns a minimum for the ratio of our figure to the peer's.</summary>
    public static Target LeastRatio(double least) => new(least, IsOfRatio: true, IsLeast: true);

    /// <summary>Returns a maximum for our figure, independent of the peer's.</summary>
    public static Target Most(double most) => new(most);

    /// <summary>Returns whether the target is met; null if there is no target.</summary>
    public bool? IsMetBy(Figure ours, double? ratio) => Bound is not { } bound
        ? null
        : (IsOfRatio ? ratio : ours.Value) is { } value
            && (IsLeast ? value >= bound : value <= bound)
            && (!IsFree || ours.Bytes is < 0.5); // a round divides its few bytes of state among its operations

    public override string ToString()
    {
        var (of, sign, free) = (
            IsOfRatio ? "ratio " : string.Empty, IsLeast ? "≥" : "≤", IsFree ? ", 0 B" : string.Empty);
        return Bound is { } bound
            ? string.Create(CultureInfo.InvariantCulture, $"{of}{sign} {bound}{free}")
            : "reported";
    }
}

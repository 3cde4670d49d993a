using System.Globalization;

namespace CacheOrleans.Bench.Harness;

/// <summary>What a row aims at.</summary>
/// <param name="Bound">The limit; null: the row is reported, and aims at nothing.</param>
/// <param name="IsOfRatio">Whether the limit is for ours over the peer's; otherwise for ours.</param>
/// <param name="IsLeast">Whether it is the least, and not the most.</param>
/// <param name="IsFree">Whether our side may not allocate either.</param>
internal sealed record Target(double? Bound, bool IsOfRatio = false, bool IsLeast = false, bool IsFree = false)
{
    public static readonly Target Reported = new(Bound: null);

    /// <summary>Ours over the peer's is this at the most.</summary>
    public static Target Ratio(double most) => new(most, IsOfRatio: true);

    /// <summary>The same, and ours allocates nothing.</summary>
    public static Target FreeRatio(double most) => new(most, IsOfRatio: true, IsFree: true);

    /// <summary>Ours over the peer's is this at the least.</summary>
    public static Target LeastRatio(double least) => new(least, IsOfRatio: true, IsLeast: true);

    /// <summary>Ours is this at the most, whatever the peer's is.</summary>
    public static Target Most(double most) => new(most);

    /// <summary>Whether it is met; null: there is nothing to meet.</summary>
    public bool? IsMetBy(Figure ours, double? ratio) => Bound is not { } bound
        ? null
        : (IsOfRatio ? ratio : ours.Value) is { } value
            && (IsLeast ? value >= bound : value <= bound)
            && (!IsFree || ours.Bytes is < 0.5); // a round shares its few bytes of state out among its operations

    public override string ToString()
    {
        var (of, sign, free) = (
            IsOfRatio ? "ratio " : string.Empty, IsLeast ? "≥" : "≤", IsFree ? ", 0 B" : string.Empty);
        return Bound is { } bound
            ? string.Create(CultureInfo.InvariantCulture, $"{of}{sign} {bound}{free}")
            : "reported";
    }
}

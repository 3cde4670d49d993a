using CacheOrleans.Simulation.Outside;

namespace CacheOrleans.Simulation.Histories;

/// <summary>One thing that happens in a history because the plan says so.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Node">The number of the client or silo, modulo how many there are.</param>
/// <param name="Row">The entry.</param>
/// <param name="Lasts">How long a fallback or a fault takes.</param>
/// <param name="Fallback">What the fallback does.</param>
internal sealed record Step(
    TimeSpan At, StepKind Kind, int Node, Row Row = default, TimeSpan Lasts = default, FallbackKind Fallback = default)
{
    public override string ToString() => $"{At.TotalMilliseconds,12:0.000}  {Kind} node {Node}"
        + (Kind < StepKind.RemoveTag ? $" {Row}" : string.Empty)
        + (Kind <= StepKind.ReadMany ? $" (fallback {Fallback}, {Lasts.TotalMilliseconds:0} ms)" : string.Empty)
        + (Kind > StepKind.RemoveTag ? $" for {Lasts.TotalMilliseconds:0} ms" : string.Empty);
}

internal enum StepKind
{
    Read,
    ReadMany,
    TryRead,
    Get,
    Set,
    Remove,
    Expire,
    RemoveTag,
    RedisDown,
    RedisHangs,
    RedisFails,
    RedisIsFull,
    RedisIsCutOff,
    RedisLosesAll,
    SlowNetwork,
    LossyNetwork,
    CutLink,
    KillSilo,
    FreezeSilo,
    StopSilo,
    AddSilo,
    DeclareDead,
}

internal enum FallbackKind
{
    Works,
    Throws,
    Hangs,
}

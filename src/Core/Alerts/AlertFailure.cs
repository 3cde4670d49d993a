using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>One failure as an alert tells of it; secrets are taken out before it is made.</summary>
/// <param name="Id">Tells it from others, and a message about it sent twice from two messages.</param>
/// <param name="Stage">What failed.</param>
/// <param name="What">What failed, in a sentence.</param>
/// <param name="ErrorType">The full name of the exception's type; null where there was none.</param>
/// <param name="Trace">The exception with its stack trace, 500 characters at most; null where there was none.</param>
/// <param name="Silo">The silo where it happened.</param>
/// <param name="Breaker">What the silo's breaker did with calls then.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.AlertFailure")]
public sealed record AlertFailure(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AlertStage Stage,
    [property: Id(2)] string What,
    [property: Id(3)] string? ErrorType,
    [property: Id(4)] string? Trace,
    [property: Id(5)] string Silo,
    [property: Id(6)] BreakerState Breaker);

using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>One failure as an alert describes it. Secrets are removed before an instance is created.</summary>
/// <param name="Id">The failure's id, which the message about it gets too: two messages with the same id are one
/// message that was sent twice.</param>
/// <param name="Stage">The stage that failed.</param>
/// <param name="What">A sentence that says what failed.</param>
/// <param name="ErrorType">The full name of the exception's type; null if there was no exception.</param>
/// <param name="Trace">The exception with its stack trace, at most 500 characters; null if there was no exception.
/// </param>
/// <param name="Silo">The silo where it happened.</param>
/// <param name="Breaker">The breaker state that the silo applied to calls at that time.</param>
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

/// <summary>The stage of a cache or breaker that can fail.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertStage")]
public enum AlertStage
{
    /// <summary>A read from the backing store.</summary>
    Read,

    /// <summary>A cache's fallback.</summary>
    Fallback,

    /// <summary>A write to the backing store.</summary>
    Store,

    /// <summary>The circuit breaker, which fails by opening.</summary>
    Breaker,
}

/// <summary>A failure that has not been described as an <see cref="AlertFailure"/> yet.</summary>
/// <param name="Id">See <see cref="AlertFailure.Id"/>.</param>
/// <param name="Key">The cache or breaker that failed.</param>
/// <param name="Stage">The stage at which it failed.</param>
/// <param name="Error">The exception; null if there was none.</param>
/// <param name="What">A sentence that says what failed; null if the stage says enough.</param>
public sealed record AlertEvidence(Guid Id, AlertKey Key, AlertStage Stage, Exception? Error, string? What);

namespace CacheOrleans.Alerts;

/// <summary>A failure that has not been described as an <see cref="AlertFailure"/> yet.</summary>
/// <param name="Id">See <see cref="AlertFailure.Id"/>.</param>
/// <param name="Key">The cache or breaker that failed.</param>
/// <param name="Stage">The stage at which it failed.</param>
/// <param name="Error">The exception; null if there was none.</param>
/// <param name="What">A sentence that says what failed; null if the stage says enough.</param>
public sealed record AlertEvidence(Guid Id, AlertKey Key, AlertStage Stage, Exception? Error, string? What);

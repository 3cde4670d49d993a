namespace CacheOrleans.Alerts;

/// <summary>A failure before it is put into words.</summary>
/// <param name="Id">See <see cref="AlertFailure.Id"/>.</param>
/// <param name="Key">What failed.</param>
/// <param name="Stage">At which stage.</param>
/// <param name="Error">The exception; null where there was none.</param>
/// <param name="What">What failed, in a sentence, where the stage does not say enough.</param>
public sealed record AlertEvidence(Guid Id, AlertKey Key, AlertStage Stage, Exception? Error, string? What);

namespace CacheOrleans.Alerts;

/// <summary>When one stage of one key failed last on one silo, and when it succeeded since.</summary>
internal readonly record struct StageMoments(TimeSpan? Failure, TimeSpan? Success);

namespace CacheOrleans.Alerts;

/// <summary>When one stage of one key last failed on one silo, and when it last succeeded since.</summary>
internal readonly record struct StageMoments(TimeSpan? Failure, TimeSpan? Success);

namespace CacheOrleans.Shop.Answers;

/// <summary>A value, where it came from, and how long that took.</summary>
internal sealed record Answer<T>(T Value, AnswerSource Source, TimeSpan Took);

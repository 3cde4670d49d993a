namespace CacheOrleans.Shop.Answers;

/// <summary>One of the latest answers.</summary>
internal sealed record AnswerLogEntry(
    DateTimeOffset At, string What, string Through, AnswerSource Source, double Milliseconds);

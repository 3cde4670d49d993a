namespace CacheOrleans.EndToEnd.History;

/// <summary>A read of a history.</summary>
/// <param name="Client">Who reads.</param>
/// <param name="Kind">The call.</param>
/// <param name="Begin">When it began, by the machine's counter.</param>
internal readonly record struct HistoryRead(HistoryClient Client, string Kind, long Begin);

/// <summary>A read that came to what it may not.</summary>
/// <param name="What">What it was.</param>
/// <param name="Begin">When it began, by the machine's counter.</param>
/// <param name="End">When it ended.</param>
internal sealed record HistoryOffence(string What, long Begin, long End)
{
    public override string ToString() => What;
}

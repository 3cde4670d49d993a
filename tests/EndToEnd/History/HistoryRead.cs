namespace CacheOrleans.EndToEnd.History;

/// <summary>A read of a history.</summary>
/// <param name="Client">The application that reads.</param>
/// <param name="Kind">The call.</param>
/// <param name="Begin">When it began, by the machine's counter.</param>
internal readonly record struct HistoryRead(HistoryClient Client, string Kind, long Begin);

/// <summary>A violation: a read with a result that is not allowed.</summary>
/// <param name="What">A description of it.</param>
/// <param name="Begin">When it began, by the machine's counter.</param>
/// <param name="End">When it ended, by the same counter.</param>
internal sealed record HistoryViolation(string What, long Begin, long End)
{
    public override string ToString() => What;
}

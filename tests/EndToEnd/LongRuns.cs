namespace CacheOrleans.EndToEnd;

/// <summary>Decides whether tests run that take minutes or need the machine for themselves: <c>make faults</c> sets
/// the variable.</summary>
public static class LongRuns
{
    public const string Reason = "It takes minutes: make faults runs it.";

    private const string Variable = "CACHEORLEANS_LONG";

    public static bool AreWanted => Environment.GetEnvironmentVariable(Variable) == "1";
}

namespace CacheOrleans.Simulation;

/// <summary>How the lines begin that a process writes for the one that started it.</summary>
internal static class Marks
{
    public const string Progress = "@progress ";
    public const string Failure = "FAILED seed ";
    public const string Result = "@result ";
}

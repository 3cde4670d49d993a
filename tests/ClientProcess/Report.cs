namespace CacheOrleans.ClientProcess;

/// <summary>The result of an order: a line of JSON on the process's standard output.</summary>
/// <param name="Values">The value that each caller received; null for a caller that got an error.</param>
/// <param name="Errors">The error that each caller received, with its type; null for a caller that got a value.</param>
/// <param name="Runs">The number of times that the fallback ran in this process.</param>
/// <param name="SlowestMilliseconds">How long the slowest caller waited.</param>
internal sealed record Report(
    IReadOnlyList<string?> Values, IReadOnlyList<string?> Errors, int Runs, double SlowestMilliseconds);

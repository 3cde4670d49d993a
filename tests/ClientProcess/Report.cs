namespace CacheOrleans.ClientProcess;

/// <summary>What became of an order, a line of JSON on the process' standard output.</summary>
/// <param name="Values">What each caller got; null for one that got an error.</param>
/// <param name="Errors">What each caller got thrown, with its type; null for one that got a value.</param>
/// <param name="Runs">How often the fallback ran in this process.</param>
/// <param name="SlowestMilliseconds">How long the slowest caller waited.</param>
internal sealed record Report(
    IReadOnlyList<string?> Values, IReadOnlyList<string?> Errors, int Runs, double SlowestMilliseconds);

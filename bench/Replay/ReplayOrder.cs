namespace CacheOrleans.Bench.Replay;

/// <summary>What a process is to replay.</summary>
/// <param name="System">Through which cache.</param>
/// <param name="Membership">Where the silos are listed.</param>
/// <param name="Redis">The cache's Redis.</param>
/// <param name="Trace">The file of keys; null: they are made.</param>
/// <param name="Length">How many reads all processes make together.</param>
/// <param name="Process">Which process this is.</param>
/// <param name="Processes">Of how many; each takes its share of the reads.</param>
internal sealed record ReplayOrder(
    string System, string Membership, string Redis, string? Trace, int Length, int Process, int Processes);

namespace CacheOrleans.Bench.Replay;

/// <summary>The instructions for a process that replays a trace.</summary>
/// <param name="System">The cache to read through.</param>
/// <param name="Membership">The connection string of the membership.</param>
/// <param name="Redis">The cache's Redis.</param>
/// <param name="Trace">The file of keys; null to generate keys.</param>
/// <param name="Length">The number of reads of all processes together.</param>
/// <param name="Process">The number of this process.</param>
/// <param name="Processes">The number of processes; each makes its share of the reads.</param>
internal sealed record ReplayOrder(
    string System, string Membership, string Redis, string? Trace, int Length, int Process, int Processes);

namespace CacheOrleans.Bench.Replay;

/// <summary>What a replay came to.</summary>
/// <param name="Reads">How many reads were made.</param>
/// <param name="Calls">How often the fallback ran.</param>
/// <param name="Local">How often of these because the cluster did not answer; ours alone counts it.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Keys">How many different keys were among the reads; meaningful of one process.</param>
internal sealed record ReplayResult(int Reads, int Calls, int Local, double Seconds, int Keys);

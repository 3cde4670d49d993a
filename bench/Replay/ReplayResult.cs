namespace CacheOrleans.Bench.Replay;

/// <summary>The result of a replay.</summary>
/// <param name="Reads">How many reads were made.</param>
/// <param name="Calls">How often the fallback ran.</param>
/// <param name="Local">How many of these runs were because the cluster did not respond; only our client counts
/// them.</param>
/// <param name="Seconds">How long the replay took.</param>
/// <param name="Keys">How many different keys were read; meaningful only for one process.</param>
internal sealed record ReplayResult(int Reads, int Calls, int Local, double Seconds, int Keys);

using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Storage;

namespace CacheOrleans.Simulation.Outside;

/// <summary>The Redis that all silos share.</summary>
internal sealed class SimulatedRedis(Scheduler scheduler, Sabotage sabotage)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<StoreKey, StoreWrite> _records = [];

    /// <summary>How it answers now.</summary>
    public RedisCondition Condition { get; set; }

    /// <summary>How many probes run that the breaker of the cluster permits.</summary>
    public int Probes { get; private set; }

    /// <summary>The most of these that ran at a time.</summary>
    public int MostProbes { get; private set; }

    /// <summary>The silos that cannot reach it.</summary>
    public HashSet<SiloNode> CutOff { get; } = [];

    public DateTimeOffset Now => Start + scheduler.Now;

    public int Count => _records.Count;

    /// <summary>Loses everything, as a restart without persistence does.</summary>
    public void Clear() => _records.Clear();

    public void OnProbe(int change) => MostProbes = Math.Max(MostProbes, Probes += change);

    public StoreRecord? Read(StoreKey key)
    {
        if (_records.TryGetValue(key, out var write) && write.KeepUntil <= Now)
        {
            _records.Remove(key);
            return null;
        }

        return write?.Record;
    }

    /// <summary>Does what the script of all writes does.</summary>
    public StoreWriteResult Write(StoreWrite write)
    {
        if (sabotage == Sabotage.ForgetRemoves && write.Record.IsTombstone && !write.Key.IsVersion)
        {
            return StoreWriteResult.Applied;
        }

        if (Read(write.Key) is { } stored && stored.Stamp <= Stamp.Ceiling(Now))
        {
            if (stored.Stamp > write.Record.Stamp)
            {
                return StoreWriteResult.Superseded(stored.Stamp);
            }

            if (stored.Stamp == write.Record.Stamp)
            {
                return stored.IsSameAs(write.Record)
                    ? StoreWriteResult.Applied
                    : StoreWriteResult.Superseded(stored.Stamp);
            }
        }

        if (write.KeepUntil > Now)
        {
            _records[write.Key] = write;
        }

        return StoreWriteResult.Applied;
    }
}

/// <summary>How Redis answers.</summary>
internal enum RedisCondition
{
    Healthy,

    /// <summary>It refuses connections.</summary>
    Down,

    /// <summary>It does not answer, and does what it was asked when it continues.</summary>
    Hanging,

    /// <summary>It fails every second operation.</summary>
    Failing,

    /// <summary>It answers reads, and refuses writes.</summary>
    Full,
}

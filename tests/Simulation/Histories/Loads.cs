using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Simulation.Outside;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Checks that the cluster loads a key once for each life of its value, as long as nothing fails, and
/// there is room to keep it.</summary>
internal sealed class Loads(Plan plan, SimulatedCluster cluster)
{
    private readonly Dictionary<Row, Last> _last = [];
    private readonly Dictionary<Row, Last> _failed = [];
    private readonly Dictionary<Row, Changes> _changes = [];
    private readonly List<Last> _running = [];
    private int _unequal;

    private static readonly TimeSpan FallbackLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long after its begin a read may begin a load in a silo, without faults.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(5);

    /// <summary>The number of loads.</summary>
    public int Count { get; private set; }

    private bool IsKept => plan.Faults == Faults.None && !cluster.HasLittleRoom;

    /// <summary>Whether leases stay with their owners, and are renewed in time.</summary>
    private bool AreLeasesKept => (plan.Faults & ~(Faults.Redis | Faults.RedisLoss)) == Faults.None;

    /// <summary>Records that a change begins.</summary>
    public void OnChanging(Row row)
    {
        var before = _changes.GetValueOrDefault(row);
        _changes[row] = new(before.Running + 1, before.Ended, cluster.Scheduler.Now);
    }

    /// <summary>Records that a change has ended.</summary>
    public void OnChanged(Row row)
    {
        var before = _changes[row];
        _changes[row] = new(before.Running - 1, before.Ended + 1, cluster.Scheduler.Now);
    }

    /// <summary>Returns a number that stands for the time between two changes of a row: reads that begin before a
    /// change has ended say nothing about those after it, and nothing about each other.</summary>
    public int ChangesOf(Row row) =>
        _changes.GetValueOrDefault(row) is { Running: 0 } changes ? changes.Ended : --_unequal;

    /// <summary>Records that the fallback of a silo begins.</summary>
    public Last OnLoading(Row row, SiloNode silo) => OnLoading(
        row,
        silo,
        // The read may have begun before the last change.
        cluster.Scheduler.Now - _changes.GetValueOrDefault(row).At > LongestRead ? ChangesOf(row) : --_unequal);

    /// <summary>Records that a fallback begins.</summary>
    /// <param name="row">The row that it loads.</param>
    /// <param name="node">The process whose fallback it is.</param>
    /// <param name="changes"><see cref="ChangesOf"/> when the read began: a change ends the lease that the read may
    /// have had.</param>
    /// <returns>To be passed to <see cref="OnLoaded"/> when the fallback has ended.</returns>
    /// <exception cref="ViolationException">Another fallback has loaded, or loads, what this one loads.</exception>
    public Last OnLoading(Row row, ClusterNode node, int changes)
    {
        Count++;
        var load = new Last(row, node, changes, cluster.Scheduler.Now);
        if (changes != ChangesOf(row))
        {
            return load;
        }

        if (AreLeasesKept && row.Definition != Caches.Loaded && _running.Find(
            other => other.Row == row && other.Changes == changes
                && cluster.Scheduler.Now - other.BegunAt < FallbackLimit) is { } twice)
        {
            throw new ViolationException($"{node} loads {row}, which it loads since {twice.BegunAt}.");
        }

        if (IsKept && _last.TryGetValue(row, out var last) && last.Changes == changes
            && !last.HasFailed && cluster.Scheduler.Now < last.ValidUntil)
        {
            throw new ViolationException(last.ValidUntil == TimeSpan.MaxValue
                ? $"{node} loads {row} while {last.Node} loads it."
                : $"{node} loads {row}, which {last.Node} has loaded.");
        }

        _running.Add(load);
        return _last[row] = load;
    }

    public void OnLoaded(Row row, Last load, bool isSuccess)
    {
        _running.Remove(load);
        load.HasFailed = !isSuccess;
        if (load.HasFailed)
        {
            _failed[row] = load;
        }

        // Until the owner knows the value, its life has not begun: a copy of it ends no later.
        load.ValidUntil = load.Node.Scheduler.Now + row.Definition.TimeToLive;
    }

    /// <summary>Returns the load of a row that failed last, and whose error no later read of a client may get. Null if
    /// there is none, if the owner may not learn of the failure, or if the client keeps copies and messages are slow:
    /// then a later read may share a request that was sent before.</summary>
    public Last? LastFailureOf(Row row, ClientNode client)
    {
        var harmless = client.OptionsName == ClientKinds.Near ? Faults.Redis : Faults.Redis | Faults.Network;
        return (plan.Faults & ~harmless) == Faults.None ? _failed.GetValueOrDefault(row) : null;
    }

    /// <summary>The changes of a row.</summary>
    /// <param name="Running">How many have begun and not ended.</param>
    /// <param name="Ended">How many have ended.</param>
    /// <param name="At">When the last one began or ended.</param>
    private readonly record struct Changes(int Running, int Ended, TimeSpan At);

    internal sealed class Last(Row row, ClusterNode node, int changes, TimeSpan begunAt)
    {
        public Row Row => row;

        public ClusterNode Node => node;

        public TimeSpan BegunAt => begunAt;

        public int Changes => changes;

        public bool HasFailed { get; set; }

        /// <summary>When a read first returned its error.</summary>
        public TimeSpan? ReturnedAt { get; set; }

        public TimeSpan ValidUntil { get; set; } = TimeSpan.MaxValue;
    }
}

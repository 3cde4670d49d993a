using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Simulation.Outside;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Checks that the cluster loads a key once for each life of its value, as long as nothing fails, and
/// there is room to keep it.</summary>
internal sealed class Loads(Plan plan, SimulatedCluster cluster)
{
    private readonly Dictionary<Row, Last> _last = [];
    private readonly Dictionary<Row, Last> _failed = [];
    private readonly Dictionary<Row, int> _changes = [];

    /// <summary>The number of loads.</summary>
    public int Count { get; private set; }

    private bool IsKept => plan.Faults == Faults.None && !cluster.HasLittleRoom;

    /// <summary>Records that a change begins or ends: a read that began before it says nothing about those after it.
    /// </summary>
    public void OnChange(Row row) => _changes[row] = ChangesOf(row) + 1;

    /// <summary>Returns how often a change of a row has begun or ended.</summary>
    public int ChangesOf(Row row) => _changes.GetValueOrDefault(row);

    /// <summary>Records that a fallback begins.</summary>
    /// <param name="row">The row that it loads.</param>
    /// <param name="client">The client whose fallback it is.</param>
    /// <param name="changes">How many changes there had been when the read began: a change ends the lease that the read
    /// may have had.</param>
    /// <returns>To be passed to <see cref="OnLoaded"/> when the fallback has ended.</returns>
    public Last OnLoading(Row row, ClientNode client, int changes)
    {
        Count++;
        if (changes != ChangesOf(row))
        {
            return new Last(client, changes);
        }

        if (IsKept && _last.TryGetValue(row, out var last) && last.Changes == changes
            && !last.HasFailed && cluster.Scheduler.Now < last.ValidUntil)
        {
            throw new ViolationException(last.ValidUntil == TimeSpan.MaxValue
                ? $"{client} loads {row} while {last.Client} loads it."
                : $"{client} loads {row}, which {last.Client} has loaded.");
        }

        return _last[row] = new Last(client, changes);
    }

    public void OnLoaded(Row row, Last load, bool isSuccess)
    {
        load.HasFailed = !isSuccess;
        if (load.HasFailed)
        {
            _failed[row] = load;
        }

        // Until the owner knows the value, its life has not begun: a copy of it ends no later.
        load.ValidUntil = load.Client.Scheduler.Now + row.Definition.TimeToLive;
    }

    /// <summary>Returns the last load of a row that failed; null if there is none, or if the plan may lose the message
    /// that reports the failure to the owner.</summary>
    public Last? LastFailureOf(Row row) => (plan.Faults & ~(Faults.Network | Faults.Redis)) == Faults.None
        ? _failed.GetValueOrDefault(row)
        : null;

    internal sealed class Last(ClientNode client, int changes)
    {
        public ClientNode Client => client;

        public int Changes => changes;

        public bool HasFailed { get; set; }

        /// <summary>When a read first returned its error.</summary>
        public TimeSpan? ReturnedAt { get; set; }

        public TimeSpan ValidUntil { get; set; } = TimeSpan.MaxValue;
    }
}

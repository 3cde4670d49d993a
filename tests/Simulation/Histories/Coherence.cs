using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Simulation.Outside;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Checks that no read returns what an acknowledged change had ended before the read began.</summary>
/// <remarks>A client without copies must see every change that was acknowledged, in any process. A client with copies
/// must see its own, and those of others once a message could reach it, or its copies have expired.</remarks>
internal sealed class Coherence(Plan plan, SimulatedCluster cluster)
{
    private readonly TimeSpan _copyBound = CopyBound(plan);
    private readonly Dictionary<Row, List<Acknowledged>> _changes = [];
    private readonly HashSet<(Row Row, int Version)> _unknown = [];

    /// <summary>How long a copy may be out of date: as long as a message takes, or until it expires if messages and
    /// silos may be lost.</summary>
    public static TimeSpan CopyBound(Plan plan) =>
        (plan.Faults & (Faults.Loss | Faults.Crash | Faults.Members)) != 0 ? TimeSpan.FromSeconds(11)
        : plan.Faults.HasFlag(Faults.Network) ? TimeSpan.FromMilliseconds(310)
        : TimeSpan.FromMilliseconds(5);

    /// <summary>Records a change whose success the client was told.</summary>
    /// <param name="row">What has changed.</param>
    /// <param name="version">Its new version.</param>
    /// <param name="client">The client that has changed it.</param>
    /// <param name="isWaiting">Whether the change waits for Redis in a silo.</param>
    public void OnAcknowledged(Row row, int version, ClientNode client, bool isWaiting) =>
        ChangesOf(row).Add(new(cluster.Scheduler.Now, version, client, isWaiting));

    /// <summary>Records a set of which nobody knows whether, and when, it takes effect.</summary>
    public void OnUnknown(Row row, int version) => _unknown.Add((row, version));

    /// <summary>Returns the oldest version that a read which begins now may return.</summary>
    public int OldestFor(Row row, ClientNode client)
    {
        var oldest = 1;
        foreach (var change in ChangesOf(row))
        {
            if (change.IsWaiting
                && (cluster.Stops.LostAt >= change.At || cluster.Stops.HandOver(cluster.Scheduler.Now)))
            {
                continue; // lost with the last silo, or on its way from a silo that stops to the next owner
            }

            if (client.OptionsName == ClientKinds.Strict || change.Client == client
                || change.At + _copyBound <= cluster.Scheduler.Now)
            {
                oldest = Math.Max(oldest, change.Version);
            }
        }

        return oldest;
    }

    /// <summary>Checks what a read returned.</summary>
    public void Check(Row row, ClientNode client, int oldest, string? value, int latest)
    {
        if (value is null)
        {
            return;
        }

        var version = Database.VersionOf(row, value);
        if (version == 0 || version > latest)
        {
            throw new ViolationException($"{client} reads '{value}' for {row}, which never existed.");
        }

        if (version < oldest && !_unknown.Contains((row, version)))
        {
            throw new ViolationException(
                $"{client} ({client.OptionsName}) reads version {version} of {row}; a change to version {oldest} was "
                + "acknowledged before the read began.");
        }
    }

    private List<Acknowledged> ChangesOf(Row row)
    {
        if (!_changes.TryGetValue(row, out var changes))
        {
            _changes[row] = changes = [];
        }

        return changes;
    }

    private readonly record struct Acknowledged(TimeSpan At, int Version, ClientNode Client, bool IsWaiting);
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace CacheOrleans.EndToEnd.History;

/// <summary>Records the acknowledged changes of a history, and decides what reads may return.</summary>
internal sealed class HistoryRecord
{
    /// <summary>How much later a message may reach one client than another.</summary>
    private static readonly TimeSpan MessageBound = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<HistoryRow, long> _acknowledged = new();
    private readonly ConcurrentDictionary<(HistoryRow Row, HistoryClient Client), long> _own = new();
    private readonly ConcurrentDictionary<HistoryRow, ConcurrentQueue<(long Version, long At)>> _seen = new();
    private readonly ConcurrentDictionary<(HistoryRow Row, long Version), bool> _uncertain = new();
    private readonly ConcurrentQueue<HistoryViolation> _violations = new();
    private int _changes;
    private int _reads;
    private int _riskyReads;

    /// <summary>The number of acknowledged changes.</summary>
    public int Changes => _changes;

    /// <summary>The number of answered reads.</summary>
    public int Reads => _reads;

    /// <summary>The number of reads that began while a load ran that had read an outdated version.</summary>
    public int RiskyReads => _riskyReads;

    /// <summary>The reads with results that are not allowed.</summary>
    public IReadOnlyCollection<HistoryViolation> Violations => _violations;

    /// <summary>How long after its acknowledgement clients with copies must see a change; null if only after all of
    /// them have seen it.</summary>
    public TimeSpan? CopyBound { get; init; }

    /// <summary>Records that a change was acknowledged to a client.</summary>
    public void Acknowledge(IReadOnlyList<(HistoryRow Row, long Version)> changed, HistoryClient client)
    {
        foreach (var (row, version) in changed)
        {
            _acknowledged.AddOrUpdate(row, version, (_, known) => Math.Max(known, version));
            _own.AddOrUpdate((row, client), version, (_, known) => Math.Max(known, version));
            if (CopyBound is not null)
            {
                MarkSeen(row, version);
            }
        }

        Interlocked.Increment(ref _changes);
    }

    /// <summary>Records that all clients with copies have seen a change, or will within the bound.</summary>
    public void MarkSeen(HistoryRow row, long version) =>
        _seen.GetOrAdd(row, _ => []).Enqueue((version, Stopwatch.GetTimestamp()));

    /// <summary>Records that a set may have been applied or not: it may still be applied, after a later
    /// change.</summary>
    public void MarkUncertain(HistoryRow row, long version) => _uncertain[(row, version)] = true;

    /// <summary>Returns the version that was acknowledged last.</summary>
    public long Acknowledged(HistoryRow row) => _acknowledged.GetValueOrDefault(row);

    /// <summary>Returns the lowest version that a read that begins now may return.</summary>
    /// <param name="row">The row.</param>
    /// <param name="copiesOf">The client whose copies may answer; null if no copy may.</param>
    public long Floor(HistoryRow row, HistoryClient? copiesOf)
    {
        if (copiesOf is null)
        {
            return Acknowledged(row);
        }

        var now = Stopwatch.GetTimestamp();
        var floor = _own.GetValueOrDefault((row, copiesOf));
        foreach (var (version, at) in _seen.GetOrAdd(row, _ => []))
        {
            floor = Stopwatch.GetElapsedTime(at, now) > (CopyBound ?? MessageBound) ? Math.Max(floor, version) : floor;
        }

        return floor;
    }

    /// <summary>Records an answered read, and checks its version.</summary>
    public void Answered(HistoryRead read, HistoryRow row, long version, long floor)
    {
        Interlocked.Increment(ref _reads);
        if (version < floor && !_uncertain.ContainsKey((row, version)))
        {
            AddViolation(read, $"{row.Key}: {version} where {floor} was acknowledged");
        }
    }

    /// <summary>Records a read with a result that is not allowed.</summary>
    public void AddViolation(HistoryRead read, string what) =>
        _violations.Enqueue(new($"{read.Client.Name}, {read.Kind}: {what}", read.Begin, Stopwatch.GetTimestamp()));

    /// <summary>Counts a read that begins while an older load runs.</summary>
    public void CountRiskyRead() => Interlocked.Increment(ref _riskyReads);
}

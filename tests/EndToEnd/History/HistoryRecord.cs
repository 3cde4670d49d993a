using System.Collections.Concurrent;
using System.Diagnostics;

namespace CacheOrleans.EndToEnd.History;

/// <summary>What was acknowledged in a history, and what reads may return for it.</summary>
internal sealed class HistoryRecord
{
    /// <summary>How much later than another client's copy a message may come.</summary>
    private static readonly TimeSpan MessageBound = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<HistoryRow, long> _acknowledged = new();
    private readonly ConcurrentDictionary<(HistoryRow Row, HistoryClient Client), long> _own = new();
    private readonly ConcurrentDictionary<HistoryRow, ConcurrentQueue<(long Version, long At)>> _known = new();
    private readonly ConcurrentDictionary<(HistoryRow Row, long Version), bool> _unknown = new();
    private readonly ConcurrentQueue<HistoryOffence> _offences = new();
    private int _changes;
    private int _reads;
    private int _riskyReads;

    /// <summary>Changes that were acknowledged.</summary>
    public int Changes => _changes;

    /// <summary>Reads that were answered.</summary>
    public int Reads => _reads;

    /// <summary>Reads that began while a load ran which had read what was older than an acknowledged change.</summary>
    public int RiskyReads => _riskyReads;

    /// <summary>What no read may have come to.</summary>
    public IReadOnlyCollection<HistoryOffence> Offences => _offences;

    /// <summary>How long after its acknowledgement a change must be seen by those who have copies; null: once it has
    /// been seen by them all.</summary>
    public TimeSpan? CopyBound { get; init; }

    /// <summary>A change was acknowledged to a client.</summary>
    public void Acknowledge(IReadOnlyList<(HistoryRow Row, long Version)> changed, HistoryClient client)
    {
        foreach (var (row, version) in changed)
        {
            _acknowledged.AddOrUpdate(row, version, (_, known) => Math.Max(known, version));
            _own.AddOrUpdate((row, client), version, (_, known) => Math.Max(known, version));
            if (CopyBound is not null)
            {
                Know(row, version);
            }
        }

        Interlocked.Increment(ref _changes);
    }

    /// <summary>All clients with copies have seen a change, or will within the bound.</summary>
    public void Know(HistoryRow row, long version) =>
        _known.GetOrAdd(row, _ => []).Enqueue((version, Stopwatch.GetTimestamp()));

    /// <summary>It is not known whether a set was made: it may still be, after a later change.</summary>
    public void Doubt(HistoryRow row, long version) => _unknown[(row, version)] = true;

    /// <summary>The version that was acknowledged last.</summary>
    public long Acknowledged(HistoryRow row) => _acknowledged.GetValueOrDefault(row);

    /// <summary>What a read that begins now may not fall below.</summary>
    /// <param name="row">The row.</param>
    /// <param name="copiesOf">The client whose copies may answer; null: none may.</param>
    public long Floor(HistoryRow row, HistoryClient? copiesOf)
    {
        if (copiesOf is null)
        {
            return Acknowledged(row);
        }

        var now = Stopwatch.GetTimestamp();
        var floor = _own.GetValueOrDefault((row, copiesOf));
        foreach (var (version, at) in _known.GetOrAdd(row, _ => []))
        {
            floor = Stopwatch.GetElapsedTime(at, now) > (CopyBound ?? MessageBound) ? Math.Max(floor, version) : floor;
        }

        return floor;
    }

    /// <summary>A read was answered.</summary>
    public void Answered(HistoryRead read, HistoryRow row, long version, long floor)
    {
        Interlocked.Increment(ref _reads);
        if (version < floor && !_unknown.ContainsKey((row, version)))
        {
            Offend(read, $"{row.Key}: {version} where {floor} was acknowledged");
        }
    }

    /// <summary>A read came to something that it may not come to.</summary>
    public void Offend(HistoryRead read, string what) =>
        _offences.Enqueue(new($"{read.Client.Name}, {read.Kind}: {what}", read.Begin, Stopwatch.GetTimestamp()));

    /// <summary>A read begins while an older load runs.</summary>
    public void Risk() => Interlocked.Increment(ref _riskyReads);
}

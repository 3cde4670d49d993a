using System.Diagnostics.Metrics;
using System.Text;
using CacheOrleans.Grains.Diagnostics;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Entries;

/// <summary>Keeps the entries of this silo within their bounds by evicting the least recently used ones.</summary>
/// <remarks>
/// A second-chance queue (CLOCK): a hit only sets a flag, and an entry that was used since the hand last passed stays
/// for another round. Entries without a value, including those for keys that were not found, are evicted first.
/// Thread-safe; the lock is taken when an entry is added, changes size or is removed, never on a hit.
/// </remarks>
internal sealed class EntryEvictor
{
    /// <summary>The memory of an activation with an empty value, in bytes, as measured; see the memory row of the
    /// benchmarks.</summary>
    public const int Overhead = 2600;

    /// <summary>The most entries that the hand passes at a time, so that no call pays for a whole round.</summary>
    private const int MaxSteps = 64;

    private static readonly DeactivationReason Evicted = new(
        DeactivationReasonCode.ApplicationRequested,
        "The silo's entries exceed Entries:MaxCount or Entries:MaxBytes.");

    private readonly Lock _lock = new();
    private readonly LinkedList<EntrySlot> _empty = new();
    private readonly LinkedList<EntrySlot> _values = new();
    private readonly int _maxCount;
    private readonly long _maxBytes;
    private long _bytes;
    private long _evicted;

    public EntryEvictor(IOptions<CacheEntryOptions> options, IMeterFactory meterFactory)
    {
        _maxCount = options.Value.MaxCount;
        _maxBytes = options.Value.MaxBytes > 0
            ? options.Value.MaxBytes
            : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        var meter = meterFactory.Create(CacheMetrics.MeterName);
        meter.CreateObservableGauge("cacheorleans.entries.count", () => Count, null, "Entries this silo owns.");
        meter.CreateObservableGauge("cacheorleans.entries.bytes", () => Bytes, "By", "Memory of those entries.");
        meter.CreateObservableCounter(
            "cacheorleans.entries.evicted", () => Volatile.Read(ref _evicted), null, "Entries evicted to make room.");
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _empty.Count + _values.Count;
            }
        }
    }

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Adds an entry that is being activated; it is pinned until its first call is over.</summary>
    public EntrySlot Add(IGrainContext context)
    {
        var slot = new EntrySlot(context) { Bytes = Overhead, IsPinned = true };
        lock (_lock)
        {
            slot.Node = _empty.AddLast(slot);
            _bytes += slot.Bytes;
        }

        MakeRoom();
        return slot;
    }

    /// <summary>Records that the value of an entry has changed.</summary>
    public void Update(EntrySlot slot, byte[]? value)
    {
        lock (_lock)
        {
            if (slot.Node is not { } node)
            {
                return;
            }

            var bytes = Overhead + (value?.Length ?? 0);
            _bytes += bytes - slot.Bytes;
            slot.Bytes = bytes;
            var list = value is null ? _empty : _values;
            if (node.List != list)
            {
                node.List!.Remove(node);
                list.AddLast(node);
            }
        }

        MakeRoom();
    }

    /// <summary>Returns the keys of a cache's entries.</summary>
    public List<string> KeysOf(string cache)
    {
        var prefix = Encoding.UTF8.GetBytes($"{cache}/");
        lock (_lock)
        {
            return [.. _empty.Concat(_values)
                .Select(slot => slot.Context.GrainId.Key)
                .Where(key => key.AsSpan().StartsWith(prefix))
                .Select(key => key.ToString()!)];
        }
    }

    /// <summary>Removes an entry that is being deactivated.</summary>
    public void Remove(EntrySlot slot)
    {
        lock (_lock)
        {
            Forget(slot);
        }
    }

    private void MakeRoom()
    {
        List<EntrySlot>? victims = null;
        lock (_lock)
        {
            for (var step = 0; step < MaxSteps && IsOver(); step++)
            {
                if ((Advance(_empty) ?? Advance(_values)) is { } victim)
                {
                    (victims ??= []).Add(victim);
                }
            }
        }

        foreach (var victim in victims ?? [])
        {
            Interlocked.Increment(ref _evicted);
            victim.Context.Deactivate(Evicted);
        }
    }

    private bool IsOver() => _bytes > _maxBytes || _empty.Count + _values.Count > _maxCount;

    /// <summary>Moves the hand by one entry, and returns that entry if it is to be evicted.</summary>
    private EntrySlot? Advance(LinkedList<EntrySlot> list)
    {
        if (list.First is not { Value: var slot } node)
        {
            return null;
        }

        if (!slot.IsUsed && !slot.IsPinned)
        {
            Forget(slot);
            return slot;
        }

        slot.Age();
        list.Remove(node);
        list.AddLast(node);
        return null;
    }

    private void Forget(EntrySlot slot)
    {
        if (slot.Node is { List: { } list } node)
        {
            list.Remove(node);
            slot.Node = null;
            _bytes -= slot.Bytes;
        }
    }
}

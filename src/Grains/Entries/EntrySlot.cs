namespace CacheOrleans.Grains.Entries;

/// <summary>One entry's place in the silo's <see cref="EntryEvictor"/>.</summary>
/// <remarks>The flags are written by the entry and read by the ledger, without a lock; the rest is the ledger's.
/// </remarks>
internal sealed class EntrySlot(IGrainContext context)
{
    private volatile bool _isUsed;
    private volatile bool _isPinned;

    /// <summary>The activation that owns the entry.</summary>
    public IGrainContext Context => context;

    /// <summary>Whether it has been read since the ledger last looked.</summary>
    public bool IsUsed => _isUsed;

    /// <summary>Whether it must stay: it loads, or a write of it waits.</summary>
    public bool IsPinned { get => _isPinned; set => _isPinned = value; }

    /// <summary>The list it stands in, or null when it has left.</summary>
    public LinkedListNode<EntrySlot>? Node { get; set; }

    /// <summary>What it weighs, in bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>Marks it as just used; writes only when that changes something, to keep the cache line shared.
    /// </summary>
    public void Touch()
    {
        if (!_isUsed)
        {
            _isUsed = true;
        }
    }

    /// <summary>Takes its second chance away.</summary>
    public void Age() => _isUsed = false;
}

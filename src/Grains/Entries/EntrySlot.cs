namespace CacheOrleans.Grains.Entries;

/// <summary>One entry's place in the silo's <see cref="EntryEvictor"/>.</summary>
/// <remarks>The flags are written by the entry and read by the evictor, without a lock. The evictor's lock guards the
/// rest.</remarks>
internal sealed class EntrySlot(IGrainContext context)
{
    private volatile bool _isUsed;
    private volatile bool _isPinned;

    /// <summary>The activation that owns the entry.</summary>
    public IGrainContext Context => context;

    /// <summary>Whether the entry has been read since the evictor's hand last passed.</summary>
    public bool IsUsed => _isUsed;

    /// <summary>Whether the entry must stay, because it loads or one of its writes waits.</summary>
    public bool IsPinned { get => _isPinned; set => _isPinned = value; }

    /// <summary>The slot's node in one of the evictor's lists, or null when the entry was removed.</summary>
    public LinkedListNode<EntrySlot>? Node { get; set; }

    /// <summary>The estimated memory of the entry, in bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>Marks the entry as used; writes only when that changes something, to keep the cache line shared.
    /// </summary>
    public void Touch()
    {
        if (!_isUsed)
        {
            _isUsed = true;
        }
    }

    /// <summary>Takes the entry's second chance away.</summary>
    public void Age() => _isUsed = false;
}

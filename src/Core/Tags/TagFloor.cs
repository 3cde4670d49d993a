using CacheOrleans.Storage;

namespace CacheOrleans.Tags;

/// <summary>The floor of one tag: an entry with the tag is valid only if its stamp is above the floor.</summary>
/// <param name="stamp">The floor.</param>
/// <param name="change">The number of the change that set the floor.</param>
/// <param name="isNews">Whether the tag was invalidated at that change; if not, the invalidation may have been long
/// ago.
/// </param>
/// <param name="before">The tag's floor before the change; null if none was known.</param>
/// <param name="changedAt">When that change was, as a timestamp of the process's clock.</param>
internal sealed class TagFloor(Stamp stamp, long change, bool isNews, TagFloor? before = null, long changedAt = 0)
{
    private volatile bool _isUsed = before?._isUsed ?? false;

    public Stamp Stamp => stamp;

    /// <summary>When this process learned of the floor, as a timestamp of its clock; only if it is known.</summary>
    public long ChangedAt => changedAt;

    /// <summary>Whether the floor was reported by the tag's owner; if not, it is a guess.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether the tag may have been invalidated since a load began.</summary>
    public bool HasRisen(long since, Stamp startedAt) => change > since && (isNews || stamp >= startedAt);

    /// <summary>Records that an entry with the tag was read; writes the field only if that changes it, so that
    /// processors can share the cache line.</summary>
    public void Use()
    {
        if (!_isUsed)
        {
            _isUsed = true;
        }
    }

    /// <summary>Returns whether an entry with the tag was read since the last call.</summary>
    public bool TakeUse()
    {
        var isUsed = _isUsed;
        _isUsed = false;
        return isUsed;
    }
}

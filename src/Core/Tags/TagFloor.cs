using CacheOrleans.Storage;

namespace CacheOrleans.Tags;

/// <summary>What is known of one tag.</summary>
/// <param name="stamp">Nothing with the tag counts whose stamp is not above this.</param>
/// <param name="change">The number of the change that brought it.</param>
/// <param name="isNews">Whether the tag was invalidated then; otherwise that may have been long ago.</param>
/// <param name="before">What was known of it before; null: nothing.</param>
internal sealed class TagFloor(Stamp stamp, long change, bool isNews, TagFloor? before = null)
{
    private volatile bool _isUsed = before?._isUsed ?? false;

    public Stamp Stamp => stamp;

    /// <summary>Whether this is what the tag's owner said, and no guess.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether the tag may have been invalidated since a load began.</summary>
    public bool HasRisen(long since, Stamp startedAt) => change > since && (isNews || stamp >= startedAt);

    /// <summary>Remembers that an entry with the tag was asked for; writes only when that changes something, to keep
    /// the cache line shared.</summary>
    public void Use()
    {
        if (!_isUsed)
        {
            _isUsed = true;
        }
    }

    /// <summary>Whether an entry with the tag was asked for since the last look.</summary>
    public bool TakeUse()
    {
        var isUsed = _isUsed;
        _isUsed = false;
        return isUsed;
    }
}

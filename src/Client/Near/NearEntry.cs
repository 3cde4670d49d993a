namespace CacheOrleans.Client.Near;

/// <summary>A copy of the cluster's state for a key: a value, or that there is none.</summary>
/// <remarks>Thread-safe.</remarks>
internal abstract class NearEntry(CopyValidity validity, long epoch, int size)
{
    // A field and not a captured parameter, so that a hit reads the struct without copying it.
    private readonly CopyValidity _validity = validity;
    private long _epoch = epoch;

    /// <summary>The approximate number of bytes that it takes.</summary>
    public int Size { get; } = size;

    /// <summary>The stamp that the owner gave the value; null: the owner does not know of it.</summary>
    public long? OwnerStamp => _validity.IsLocal ? null : _validity.Stamp;

    /// <summary>Whether the copy is valid and may be returned.</summary>
    public bool IsValid(long now, NearTags tags) =>
        now < _validity.ExpiresAt
        && _validity.Stamp >= _validity.KeyVersion.Floor
        && (_epoch == tags.Epoch || IsStillValid(tags));

    /// <summary>Checks the copy's tags again, after some tag was invalidated since the copy was last found
    /// valid.</summary>
    private bool IsStillValid(NearTags tags)
    {
        var epoch = tags.Epoch;
        if (tags.IsInvalidated(_validity.Tags, _validity.Stamp))
        {
            return false;
        }

        _epoch = epoch;
        return true;
    }
}

/// <summary>What ends the validity of a copy.</summary>
/// <param name="KeyVersion">The key's version, whose floor invalidates copies with lower stamps.</param>
/// <param name="Stamp">The copy's stamp.</param>
/// <param name="Tags">The value's tags, whose invalidations invalidate the copy; null: no tags.</param>
/// <param name="ExpiresAt">When the copy expires, as a timestamp of the copies' clock.</param>
/// <param name="IsLocal">Whether the owner does not know of the value; the stamp is not the owner's then.</param>
internal readonly record struct CopyValidity(
    KeyVersion KeyVersion, long Stamp, string[]? Tags, long ExpiresAt, bool IsLocal = false);

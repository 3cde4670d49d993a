namespace CacheOrleans.Client.Near;

/// <summary>A copy of the cluster's state for a key: a value, or that there is none.</summary>
/// <remarks>Thread-safe.</remarks>
internal abstract class NearEntry(
    KeyVersion keyVersion, long stamp, long expiresAt, string[]? tags, long epoch, int size)
{
    // The values are stored in fields, so that a hit reads each of them once.
    private readonly KeyVersion _keyVersion = keyVersion;
    private readonly long _stamp = stamp;
    private readonly long _expiresAt = expiresAt;
    private readonly string[]? _tags = tags;
    private long _epoch = epoch;

    /// <summary>The approximate number of bytes that it takes.</summary>
    public int Size { get; } = size;

    /// <summary>Whether the copy is valid and may be returned.</summary>
    public bool IsValid(long now, NearTags tags) =>
        now < _expiresAt && _stamp >= _keyVersion.Floor && (_epoch == tags.Epoch || IsStillValid(tags));

    /// <summary>Checks the copy's tags again, after some tag was invalidated since the copy was last found
    /// valid.</summary>
    private bool IsStillValid(NearTags tags)
    {
        var epoch = tags.Epoch;
        if (tags.IsInvalidated(_tags, _stamp))
        {
            return false;
        }

        _epoch = epoch;
        return true;
    }
}

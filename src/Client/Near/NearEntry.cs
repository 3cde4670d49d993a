namespace CacheOrleans.Client.Near;

/// <summary>A copy of what the cluster has for a key: a value, or that there is none.</summary>
/// <remarks>Thread-safe.</remarks>
internal abstract class NearEntry(
    KeyVersion keyVersion, long stamp, long expiresAt, string[]? tags, long epoch, int size)
{
    // The parts are fields of their own: a hit reads each once.
    private readonly KeyVersion _keyVersion = keyVersion;
    private readonly long _stamp = stamp;
    private readonly long _expiresAt = expiresAt;
    private readonly string[]? _tags = tags;
    private long _epoch = epoch;

    /// <summary>About how many bytes it takes.</summary>
    public int Size { get; } = size;

    /// <summary>Whether it may be handed out.</summary>
    public bool Counts(long now, NearTags tags) =>
        now < _expiresAt && _stamp >= _keyVersion.Floor && (_epoch == tags.Epoch || CountsStill(tags));

    /// <summary>Some tag was invalidated since the copy was found to count last.</summary>
    private bool CountsStill(NearTags tags)
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

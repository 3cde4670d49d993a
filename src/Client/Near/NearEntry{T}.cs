namespace CacheOrleans.Client.Near;

/// <summary>A copy of a value of a known type.</summary>
internal sealed class NearEntry<T> : NearEntry
{
    /// <summary>The approximate number of bytes of a copy beyond its value and its key's text: the entry, the key
    /// version, and their places in the tables.</summary>
    private const int Overhead = 400;

    // A field and not a property, so that a hit reads the struct without copying it.
    private readonly CachedValue<T> _value;

    /// <param name="keyVersion">The key's version.</param>
    /// <param name="copy">The value, its stamp and its tags.</param>
    /// <param name="expiresAt">When it expires, as a timestamp of the copies' clock.</param>
    /// <param name="epoch">The epoch of tags in which the copy was found valid.</param>
    /// <param name="key">The key's text.</param>
    public NearEntry(KeyVersion keyVersion, Copy<T> copy, long expiresAt, long epoch, string key)
        : base(keyVersion, copy.Stamp, expiresAt, copy.Tags, epoch, Overhead + (2 * key.Length) + copy.Value.Length) =>
        _value = copy.Value;

    /// <summary>Whether there is a value.</summary>
    public bool IsFound => _value.IsFound;

    /// <summary>Returns the value, or the type's default if there is none.</summary>
    public T? Read() => _value.Read();
}

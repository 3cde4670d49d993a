namespace CacheOrleans.Client.Near;

/// <summary>A copy of a value of a known type.</summary>
internal sealed class NearEntry<T> : NearEntry
{
    /// <summary>The approximate number of bytes of a copy beyond its value and its key's text: the entry, the key
    /// version, and their places in the tables.</summary>
    private const int Overhead = 400;

    // A field and not a property, so that a hit reads the struct without copying it.
    private readonly CachedValue<T> _value;

    /// <param name="value">The value, which may be missing.</param>
    /// <param name="validity">What ends the validity of the copy.</param>
    /// <param name="epoch">The epoch of tags in which the copy was found valid.</param>
    /// <param name="key">The key's text.</param>
    public NearEntry(CachedValue<T> value, CopyValidity validity, long epoch, string key)
        : base(validity, epoch, Overhead + (2 * key.Length) + value.Length) => _value = value;

    /// <summary>Whether there is a value.</summary>
    public bool IsFound => _value.IsFound;

    /// <summary>Returns the value, or the type's default if there is none.</summary>
    public T? Read() => _value.Read();
}

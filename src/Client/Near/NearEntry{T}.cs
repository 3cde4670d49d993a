namespace CacheOrleans.Client.Near;

/// <summary>A copy of a value of a known type.</summary>
internal sealed class NearEntry<T>(CopyValidity options, CachedValue<T> value, string key)
    : NearEntry(options, Overhead + (2 * key.Length) + value.Length)
{
    /// <summary>About what a copy takes beside its value and its key's text: the entry, the key version, and their places in
    /// the tables.</summary>
    private const int Overhead = 400;

    // No property: a hit reads it without a copy.
    private readonly CachedValue<T> _value = value;

    /// <summary>Whether there is a value.</summary>
    public bool IsFound => _value.IsFound;

    /// <summary>Gives the value; the type's default when there is none.</summary>
    public T? Read() => _value.Read();
}

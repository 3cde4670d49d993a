using CacheOrleans.Client.Serialization;

namespace CacheOrleans.Client.Near;

/// <summary>What there is for a key: one instance for all who ask, or bytes of which each gets an instance of its own,
/// or nothing.</summary>
internal readonly struct CachedValue<T>
{
    private readonly CacheSerializer<T>? _serializer;
    private readonly byte[]? _bytes;
    private readonly T? _value;

    private CachedValue(bool isFound, int length, T? value, byte[]? bytes, CacheSerializer<T>? serializer)
    {
        IsFound = isFound;
        Length = length;
        _value = value;
        _bytes = bytes;
        _serializer = serializer;
    }

    /// <summary>There is no value.</summary>
    public static CachedValue<T> None => default;

    /// <summary>Whether there is a value.</summary>
    public bool IsFound { get; }

    /// <summary>How many bytes the value has when it is serialized.</summary>
    public int Length { get; }

    /// <summary>An instance that all who ask are given.</summary>
    /// <param name="value">The instance.</param>
    /// <param name="length">How many bytes it has when it is serialized.</param>
    public static CachedValue<T> Shared(T value, int length) =>
        new(isFound: true, length, value, bytes: null, serializer: null);

    /// <summary>Bytes of which each who asks gets an instance.</summary>
    public static CachedValue<T> Separate(byte[] bytes, CacheSerializer<T> serializer) =>
        new(isFound: true, bytes.Length, default, bytes, serializer);

    /// <summary>Gives the value; the type's default when there is none.</summary>
    /// <remarks>Throws what the serializer throws.</remarks>
    public T? Read() => _serializer is null ? _value : _serializer.Deserialize(_bytes!);
}

using CacheOrleans.Client.Serialization;

namespace CacheOrleans.Client.Near;

/// <summary>The value for a key: one instance that all callers share, or bytes from which each caller gets its own
/// instance, or no value.</summary>
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

    /// <summary>Represents that there is no value.</summary>
    public static CachedValue<T> None => default;

    /// <summary>Whether there is a value.</summary>
    public bool IsFound { get; }

    /// <summary>The number of bytes of the serialized value.</summary>
    public int Length { get; }

    /// <summary>Creates a value whose instance all callers share.</summary>
    /// <param name="value">The instance.</param>
    /// <param name="length">The number of bytes of the serialized value.</param>
    public static CachedValue<T> Shared(T value, int length) =>
        new(isFound: true, length, value, bytes: null, serializer: null);

    /// <summary>Creates a value of bytes, from which each caller gets its own instance.</summary>
    public static CachedValue<T> Separate(byte[] bytes, CacheSerializer<T> serializer) =>
        new(isFound: true, bytes.Length, default, bytes, serializer);

    /// <summary>Returns the value, or the type's default if there is none.</summary>
    /// <remarks>Exceptions of the serializer are not caught.</remarks>
    public T? Read() => _serializer is null ? _value : _serializer.Deserialize(_bytes!);
}

using CacheOrleans.Client.Near;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Caches;

/// <summary>Serializes and deserializes the values of one cache.</summary>
/// <remarks>A failure of the serializer is logged and is no error for the caller: bytes that cannot be read count as a
/// miss, and a value that cannot be serialized is returned without being cached. Thread-safe.</remarks>
internal class CacheCodec<T>(string cache, CacheSerializer<T> serializer, bool sharesInstances, ILogger logger)
{
    private bool _isUnreadable;
    private bool _isUnserializable;

    /// <summary>Whether several callers may share one instance of a value.</summary>
    public bool SharesInstances => sharesInstances;

    /// <summary>The media type of the bytes.</summary>
    public virtual string ContentType => serializer.ContentType;

    /// <summary>Whether null is cached as a value; otherwise it means that there is no value.</summary>
    public virtual bool KeepsNull => false;

    /// <summary>The logger.</summary>
    public ILogger Logger => logger;

    /// <summary>Serializes a value; exceptions of the serializer are not caught.</summary>
    public byte[] Serialize(T value) => serializer.Serialize(value);

    /// <summary>Deserializes a value from another process.</summary>
    /// <returns>False if the bytes cannot be read.</returns>
    public bool TryDecode(byte[] bytes, out Decoded<T> decoded)
    {
        try
        {
            decoded = Decode(bytes);
            _isUnreadable = false;
            return true;
        }
        // A serializer may throw any exception, and the value can be loaded from elsewhere.
        catch (Exception exception)
        {
            if (!_isUnreadable)
            {
                _isUnreadable = true;
                logger.Unreadable(cache, typeof(T), exception);
            }

            decoded = default;
            return false;
        }
    }

    /// <summary>Serializes a value that was made in this process, and prepares it for other callers.</summary>
    /// <param name="value">The value.</param>
    /// <param name="decoded">The value for other callers: if there are no readable bytes, it is the instance itself,
    /// with a length of zero.</param>
    /// <returns>The bytes; null if the value has no readable bytes, or they must not leave this process.</returns>
    public virtual byte[]? Encode(T value, out Decoded<T> decoded)
    {
        try
        {
            var bytes = serializer.Serialize(value);
            decoded = Decode(value, bytes);
            _isUnserializable = false;
            return bytes;
        }
        // A serializer may throw any exception, and the value can be returned without it.
        catch (Exception exception)
        {
            if (!_isUnserializable)
            {
                _isUnserializable = true;
                logger.Unserializable(cache, typeof(T), exception);
            }

            decoded = new(CachedValue<T>.Shared(value, length: 0), value);
            return null;
        }
    }

    /// <summary>Prepares a value that was made in this process for other callers; exceptions of the serializer are not
    /// caught.</summary>
    protected Decoded<T> Decode(T value, byte[] bytes) =>
        sharesInstances ? new(CachedValue<T>.Shared(value, bytes.Length), value) : Decode(bytes);

    private Decoded<T> Decode(byte[] bytes)
    {
        var value = serializer.Deserialize(bytes);
        return new(
            sharesInstances
                ? CachedValue<T>.Shared(value, bytes.Length)
                : CachedValue<T>.Separate(bytes, serializer),
            value);
    }
}

using CacheOrleans.Client.Near;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Caches;

/// <summary>Turns the values of one cache into bytes and back, and sees to it that no failure of a serializer costs
/// more than the copy.</summary>
/// <remarks>Thread-safe.</remarks>
internal class CacheCodec<T>(string cache, CacheSerializer<T> serializer, bool sharesInstances, ILogger logger)
{
    private bool _isUnreadable;
    private bool _isUnserializable;

    /// <summary>Whether one instance of a value may be handed to several callers.</summary>
    public bool SharesInstances => sharesInstances;

    /// <summary>The media type of the bytes.</summary>
    public virtual string ContentType => serializer.ContentType;

    /// <summary>Whether null is a value as others are; else it means that there is none.</summary>
    public virtual bool KeepsNull => false;

    /// <summary>The log.</summary>
    public ILogger Logger => logger;

    /// <summary>Turns a value into bytes; what the serializer throws is thrown.</summary>
    public byte[] Serialize(T value) => serializer.Serialize(value);

    /// <summary>Reads a value from another process.</summary>
    /// <returns>False when the bytes cannot be read.</returns>
    public bool TryDecode(byte[] bytes, out Decoded<T> decoded)
    {
        try
        {
            decoded = Decode(bytes);
            _isUnreadable = false;
            return true;
        }
#pragma warning disable CA1031 // A serializer may throw anything, and the value can be had from elsewhere.
        catch (Exception exception)
#pragma warning restore CA1031
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

    /// <summary>Turns a value that was made in this process into bytes, and those into what others get.</summary>
    /// <param name="value">The value.</param>
    /// <param name="decoded">What others get: the instance itself where there are no bytes that can be read, and then
    /// without a length.</param>
    /// <returns>The bytes; null when there are none that can be read, or none that may leave this process.</returns>
    public virtual byte[]? Encode(T value, out Decoded<T> decoded)
    {
        try
        {
            var bytes = serializer.Serialize(value);
            decoded = Decode(value, bytes);
            _isUnserializable = false;
            return bytes;
        }
#pragma warning disable CA1031 // A serializer may throw anything, and the value is there all the same.
        catch (Exception exception)
#pragma warning restore CA1031
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

    /// <summary>What others get of a value that was made in this process; what the serializer throws is
    /// thrown.</summary>
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

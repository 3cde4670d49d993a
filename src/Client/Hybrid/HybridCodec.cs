using System.Net.Mime;
using System.Text;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Serializes values by the rules of <c>HybridCache</c>: null is a value, a value that cannot be serialized is
/// an error, and a value that is too large, or a text that UTF-8 cannot represent, stays in the process.</summary>
internal sealed class HybridCodec<T>(string cache, CacheSerializer<T> serializer, int maxBytes, ILogger logger)
    : CacheCodec<T>(cache, serializer, serializer.SharesInstances, logger)
{
    /// <inheritdoc />
    public override bool KeepsNull => true;

    /// <inheritdoc />
    /// <remarks>The cache contains values of many types.</remarks>
    public override string ContentType => MediaTypeNames.Application.Octet;

    /// <inheritdoc />
    /// <remarks>Exceptions of the serializer are not caught: an application whose values cannot be cached should notice
    /// it early.</remarks>
    public override byte[]? Encode(T value, out Decoded<T> decoded)
    {
        byte[] bytes;
        try
        {
            bytes = Serialize(value);
            decoded = Decode(value, bytes);
        }
        catch (EncoderFallbackException exception) when (value is string)
        {
            // Microsoft's implementation reports no error here, and returns U+FFFD instead of the half pair to other
            // callers.
            Logger.HybridValueUnserializable(typeof(T), exception);
            decoded = new(CachedValue<T>.Shared(value, length: ((string)(object)value).Length * sizeof(char)), value);
            return null;
        }
        catch (Exception exception)
        {
            Logger.HybridValueUnserializable(typeof(T), exception);
            throw;
        }

        if (bytes.Length > maxBytes)
        {
            Logger.HybridValueTooLarge(bytes.Length, maxBytes);
            return null;
        }

        return bytes;
    }
}

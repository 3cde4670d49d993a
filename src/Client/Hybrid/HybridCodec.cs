using System.Net.Mime;
using System.Text;
using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Values as <c>HybridCache</c> has them: null is one, one that cannot be serialized is an error, and a large
/// one stays in the process, as does a text that UTF-8 has no form of.</summary>
internal sealed class HybridCodec<T>(string cache, CacheSerializer<T> serializer, int maxBytes, ILogger logger)
    : CacheCodec<T>(cache, serializer, serializer.SharesInstances, logger)
{
    /// <inheritdoc />
    public override bool KeepsNull => true;

    /// <inheritdoc />
    /// <remarks>The cache has values of many types.</remarks>
    public override string ContentType => MediaTypeNames.Application.Octet;

    /// <inheritdoc />
    /// <remarks>What the serializer throws is thrown: an application that does not cache what it means to cache is to
    /// be told, and early.</remarks>
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
            // It is an error to nobody with Microsoft's, which gives others U+FFFD in place of half of a pair.
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

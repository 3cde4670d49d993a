using System.Buffers;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Serialization;

/// <summary>Wraps a serializer of the application, or of a package that it uses.</summary>
internal sealed class PluggedSerializer<T>(IHybridCacheSerializer<T> serializer) : CacheSerializer<T>
{
    /// <inheritdoc />
    public override byte[] Serialize(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        serializer.Serialize(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc />
    public override T Deserialize(byte[] bytes) => serializer.Deserialize(new(bytes));
}

using System.Text.Json;

namespace CacheOrleans.Client.Serialization;

/// <summary>JSON in UTF-8.</summary>
internal sealed class JsonCacheSerializer<T>(JsonSerializerOptions options) : CacheSerializer<T>
{
    /// <inheritdoc />
    public override byte[] Serialize(T value) => JsonSerializer.SerializeToUtf8Bytes(value, options);

    /// <inheritdoc />
    public override T Deserialize(byte[] bytes) => JsonSerializer.Deserialize<T>(bytes, options)!;
}

namespace CacheOrleans.Client.Serialization;

/// <summary>Bytes as they are, in arrays of their own; null becomes an empty one, as in <c>HybridCache</c>.</summary>
internal sealed class BytesSerializer : CacheSerializer<byte[]>
{
    /// <inheritdoc />
    public override byte[] Serialize(byte[]? value) => value.AsSpan().ToArray();

    /// <inheritdoc />
    public override byte[] Deserialize(byte[] bytes) => bytes.AsSpan().ToArray();
}

namespace CacheOrleans.Client.Serialization;

/// <summary>Copies bytes into new arrays; null becomes an empty array, as in <c>HybridCache</c>.</summary>
internal sealed class BytesSerializer : CacheSerializer<byte[]>
{
    /// <inheritdoc />
    public override byte[] Serialize(byte[]? value) => value.AsSpan().ToArray();

    /// <inheritdoc />
    public override byte[] Deserialize(byte[] bytes) => bytes.AsSpan().ToArray();
}

using CacheOrleans.Client.Serialization;

namespace CacheOrleans.Client.Distributed;

/// <summary>Bytes as they are: the adapter copies what its callers give and get.</summary>
internal sealed class RawBytes : CacheSerializer<byte[]>
{
    /// <inheritdoc />
    public override byte[] Serialize(byte[] value) => value;

    /// <inheritdoc />
    public override byte[] Deserialize(byte[] bytes) => bytes;
}

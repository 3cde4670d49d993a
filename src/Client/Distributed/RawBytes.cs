using CacheOrleans.Client.Serialization;

namespace CacheOrleans.Client.Distributed;

/// <summary>Passes bytes through without a copy, because the adapter copies the arrays of its callers.</summary>
internal sealed class RawBytes : CacheSerializer<byte[]>
{
    /// <inheritdoc />
    public override byte[] Serialize(byte[] value) => value;

    /// <inheritdoc />
    public override byte[] Deserialize(byte[] bytes) => bytes;
}

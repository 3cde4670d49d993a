namespace CacheOrleans.Fuzz.Targets;

/// <summary>Returns at most 1,000 bytes at a time, as a network does.</summary>
internal sealed class DrippingStream(byte[] content) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, 1_000)], cancellationToken);
}

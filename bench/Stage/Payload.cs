namespace CacheOrleans.Bench.Stage;

/// <summary>The bytes that are read and written where no type matters: 100, the same on every side.</summary>
internal static class Payload
{
    public static readonly byte[] Bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    /// <summary>Fails unless a read gave what was stored.</summary>
    public static void Check(ReadOnlySpan<byte> read)
    {
        if (!read.SequenceEqual(Bytes))
        {
            throw new InvalidOperationException("What was read is not what was set.");
        }
    }
}

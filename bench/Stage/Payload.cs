namespace CacheOrleans.Bench.Stage;

/// <summary>The 100 bytes that are read and written where the type does not matter, the same on every side.</summary>
internal static class Payload
{
    public static readonly byte[] Bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    /// <summary>Throws unless a read returned the stored bytes.</summary>
    public static void Check(ReadOnlySpan<byte> read)
    {
        if (!read.SequenceEqual(Bytes))
        {
            throw new InvalidOperationException("A read returned a value other than the stored one.");
        }
    }
}

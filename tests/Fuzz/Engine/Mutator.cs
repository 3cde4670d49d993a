using System.Buffers.Binary;

namespace CacheOrleans.Fuzz.Engine;

/// <summary>Makes new inputs out of inputs.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> words)
{
    private const int MaxLength = 8 * 1024;

    private static readonly long[] Bounds =
    [
        0, 1, -1, sbyte.MaxValue, byte.MaxValue, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue,
        uint.MaxValue, long.MaxValue, long.MinValue,
    ];

    private static readonly string[] Numerals =
    [
        "0", "-1", "1", "0.5", "1e9", "1e999", "NaN", "65536", "2147483647", "2147483648", "9223372036854775807",
        "9223372036854775808", "99999999999999999999", "00000000001",
    ];

    private readonly byte[][] _words = [.. words.Concat(Numerals).Select(Text.Bytes)];

    /// <summary>Returns random bytes.</summary>
    public byte[] Noise()
    {
        var bytes = new byte[random.Next(64)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Returns a copy of an input with a few changes.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another input, a part of which may replace a part of the first.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        do
        {
            Change(bytes, other);
        }
        while (random.Next(3) > 0);

        return bytes.Count <= MaxLength ? [.. bytes] : [.. bytes[..MaxLength]];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(8) == 0 ? random.Next(bytes.Count + 1) : random.Next(5), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                Overwrite(bytes, at, Bounds[random.Next(Bounds.Length)], 1 << random.Next(4));
                break;
            case 6:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, _words[random.Next(_words.Length)]);
                break;
            case 7:
                bytes.InsertRange(at, _words[random.Next(_words.Length)]);
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(random.Next(other.Length + 1)));
                break;
        }
    }

    private static void Overwrite(List<byte> bytes, int at, long number, int size)
    {
        Span<byte> written = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(written, number);
        for (var i = 0; i < size && at + i < bytes.Count; i++)
        {
            bytes[at + i] = written[sizeof(long) - size + i];
        }
    }
}

using System.Buffers.Binary;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Store;

/// <summary>How a record is laid out in Redis; <c>docs/redis-format.md</c> is its description.</summary>
/// <remarks>The magic and the stamp keep their places in every format to come: <see cref="StampScript"/>, which older
/// silos go on sending during an upgrade, reads nothing else.</remarks>
internal static class Envelope
{
    public const int HeaderLength = 33;

    private const byte Version1 = 1;
    private const byte Tombstone = 1;
    private const int VersionAt = 3;
    private const int StampAt = 4;
    private const int CreatedAt = 12;
    private const int ExpiresAt = 20;
    private const int FlagsAt = 28;
    private const int LengthAt = 29;

    private static readonly long MinMilliseconds = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MaxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    // 0xC0 begins no UTF-8 text, so nobody's string or JSON is taken for a record.
    private static ReadOnlySpan<byte> Magic => [0xC0, (byte)'C', (byte)'O'];

    public static byte[] Encode(StoreRecord record)
    {
        var payload = record.Value.AsSpan();
        var bytes = new byte[HeaderLength + payload.Length];
        Magic.CopyTo(bytes);
        bytes[VersionAt] = Version1;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(StampAt), record.Stamp.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(CreatedAt), record.CreatedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(ExpiresAt), record.ExpiresAt.ToUnixTimeMilliseconds());
        bytes[FlagsAt] = record.IsTombstone ? Tombstone : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(LengthAt), payload.Length);
        payload.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    /// <summary>Reads a record, or returns null when these bytes are none that this version knows.</summary>
    public static StoreRecord? Decode(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength && bytes.StartsWith(Magic) && bytes[VersionAt] == Version1
            ? DecodeVersion1(bytes)
            : null;

    private static StoreRecord? DecodeVersion1(ReadOnlySpan<byte> bytes)
    {
        var stamp = BinaryPrimitives.ReadInt64BigEndian(bytes[StampAt..]);
        var created = BinaryPrimitives.ReadInt64BigEndian(bytes[CreatedAt..]);
        var expires = BinaryPrimitives.ReadInt64BigEndian(bytes[ExpiresAt..]);
        var flags = bytes[FlagsAt];
        var payload = bytes[HeaderLength..];
        var isWhole = BinaryPrimitives.ReadInt32BigEndian(bytes[LengthAt..]) == payload.Length;
        if (!isWhole || stamp < 0 || flags > Tombstone || !IsTime(created) || !IsTime(expires)
            || (flags == Tombstone && payload.Length > 0))
        {
            return null;
        }

        return new(
            flags == Tombstone ? null : payload.ToArray(),
            new Stamp(stamp),
            DateTimeOffset.FromUnixTimeMilliseconds(created),
            DateTimeOffset.FromUnixTimeMilliseconds(expires));
    }

    private static bool IsTime(long milliseconds) =>
        milliseconds >= MinMilliseconds && milliseconds <= MaxMilliseconds;
}

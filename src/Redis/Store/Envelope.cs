using System.Buffers.Binary;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Store;

/// <summary>Encodes and decodes the binary layout of a record in Redis; <c>docs/redis-format.md</c> describes it.
/// </summary>
/// <remarks>The magic number and the stamp must keep their positions in every future format: <see cref="StampScript"/>
/// reads only these, and older silos go on sending it during an upgrade.</remarks>
internal static class Envelope
{
    public const int HeaderLength = 33;

    private const byte Version1 = 1;
    private const byte Version2 = 2;
    private const byte Version3 = 3;
    private const byte Tombstone = 1;
    private const byte Tagged = 2;
    private const byte Sliding = 4;
    private const byte Defined = 8;
    private const int VersionAt = 3;
    private const int StampAt = 4;
    private const int CreatedAt = 12;
    private const int ExpiresAt = 20;
    private const int FlagsAt = 28;
    private const int LengthAt = 29;

    private static readonly long MinMilliseconds = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MaxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    // No UTF-8 text begins with 0xC0, so no string or JSON of another program is mistaken for a record.
    private static ReadOnlySpan<byte> Magic => [0xC0, (byte)'C', (byte)'O'];

    public static byte[] Encode(StoreRecord record)
    {
        var flags = record.IsTombstone ? Tombstone : 0;
        var payloadAt = HeaderLength;
        if (record.Definition != 0)
        {
            flags |= Defined;
            payloadAt += sizeof(long);
        }

        if (record.Sliding is not null)
        {
            flags |= Sliding;
            payloadAt += EnvelopeSliding.Length;
        }

        if (record.Tags is not null)
        {
            flags |= Tagged;
            payloadAt += EnvelopeTags.Length(record.Tags);
        }

        var payload = record.Value.AsSpan();
        var bytes = new byte[payloadAt + payload.Length];
        Magic.CopyTo(bytes);
        bytes[VersionAt] = record.Definition != 0 ? Version3 : payloadAt == HeaderLength ? Version1 : Version2;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(StampAt), record.Stamp.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(CreatedAt), record.CreatedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(ExpiresAt), record.ExpiresAt.ToUnixTimeMilliseconds());
        bytes[FlagsAt] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(LengthAt), payload.Length);
        var rest = bytes.AsSpan(HeaderLength);
        WriteDefinition(ref rest, record.Definition);
        EnvelopeSliding.Write(ref rest, record.Sliding);
        EnvelopeTags.Write(ref rest, record.Tags);
        payload.CopyTo(rest);
        return bytes;
    }

    /// <summary>Reads a record. Returns null when the bytes are not a record in a format that this version knows.
    /// </summary>
    public static StoreRecord? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || !bytes.StartsWith(Magic) || !IsKnown(bytes[VersionAt], bytes[FlagsAt]))
        {
            return null;
        }

        var stamp = BinaryPrimitives.ReadInt64BigEndian(bytes[StampAt..]);
        var flags = bytes[FlagsAt];
        var rest = bytes[HeaderLength..];
        if (stamp < 0
            || !TryReadTime(bytes[CreatedAt..], out var created)
            || !TryReadTime(bytes[ExpiresAt..], out var expires)
            || !TryReadDefinition(ref rest, (flags & Defined) != 0, out var definition)
            || !EnvelopeSliding.TryRead(ref rest, (flags & Sliding) != 0, out var sliding)
            || !EnvelopeTags.TryRead(ref rest, (flags & Tagged) != 0, out var tags)
            || BinaryPrimitives.ReadInt32BigEndian(bytes[LengthAt..]) != rest.Length
            || (flags == Tombstone && rest.Length > 0))
        {
            return null;
        }

        var value = flags == Tombstone ? null : rest.ToArray();
        return new(value, new Stamp(stamp), created, expires, tags, sliding, definition);
    }

    public static bool TryReadTime(ReadOnlySpan<byte> bytes, out DateTimeOffset time)
    {
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var isTime = milliseconds >= MinMilliseconds && milliseconds <= MaxMilliseconds;
        time = isTime ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return isTime;
    }

    private static void WriteDefinition(ref Span<byte> rest, long definition)
    {
        if (definition != 0)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, definition);
            rest = rest[sizeof(long)..];
        }
    }

    private static bool TryReadDefinition(ref ReadOnlySpan<byte> rest, bool isThere, out long definition)
    {
        definition = 0;
        if (!isThere)
        {
            return true;
        }

        if (!BinaryPrimitives.TryReadInt64BigEndian(rest, out definition) || definition == 0)
        {
            return false;
        }

        rest = rest[sizeof(long)..];
        return true;
    }

    /// <summary>Whether this version can read the combination of format and flags. Format 1 has the tombstone flag or
    /// no flag, format 2 has tags, sliding or both, and format 3 always has a definition: so each record can be encoded
    /// in exactly one way.</summary>
    private static bool IsKnown(byte version, byte flags) => version switch
    {
        Version1 => flags is 0 or Tombstone,
        Version2 => flags is Tagged or Sliding or (Tagged | Sliding),
        Version3 => (flags & ~(Tagged | Sliding)) == Defined,
        _ => false,
    };
}

using System.Buffers.Binary;
using System.Text;
using CacheOrleans.Storage;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>Reads a record as <c>docs/redis-format.md</c> says it, without a thought of speed.</summary>
internal sealed class DocumentedRecord(byte[] bytes)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private int _at;

    /// <summary>Returns the record; null if the bytes are unreadable.</summary>
    public static StoreRecord? Read(byte[] bytes)
    {
        try
        {
            return new DocumentedRecord(bytes).Read();
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    private StoreRecord Read()
    {
        Demand(Take(3).SequenceEqual((byte[])[0xC0, 0x43, 0x4F]));
        var format = Take(1)[0];
        var (stamp, created, expires) = (Number(), Time(), Time());
        var flags = Take(1)[0];
        var length = BinaryPrimitives.ReadInt32BigEndian(Take(4));
        var allowed = format switch { 1 => new[] { 0, 1 }, 2 => [2, 4, 6], 3 => [8, 10, 12, 14], _ => [] };
        Demand(allowed.Contains(flags) && stamp >= 0);
        var definition = (flags & 8) != 0 ? Number() : 0;
        Demand(definition != 0 || (flags & 8) == 0);
        var sliding = (flags & 4) != 0 ? new SlidingLife(Slide(), Time()) : null;
        var tags = (flags & 2) != 0 ? Tags() : null;
        var payload = Take(bytes.Length - _at);
        Demand(payload.Length == length && (flags != 1 || length == 0));
        return new(flags == 1 ? null : payload.ToArray(), new(stamp), created, expires, tags, sliding, definition);
    }

    private static void Demand(bool isTrue)
    {
        if (!isTrue)
        {
            throw new InvalidDataException();
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        Demand(count <= bytes.Length - _at);
        _at += count;
        return bytes.AsSpan(_at - count, count);
    }

    private long Number() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    private DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Number());

    private TimeSpan Slide()
    {
        var milliseconds = Number();
        Demand(milliseconds is >= 1 and <= 3650L * 24 * 3600 * 1000);
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    private string[] Tags()
    {
        var tags = new string[Take(1)[0]];
        Demand(tags.Length > 0);
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = Strict.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))));
            Demand(tags[i].Length > 0);
        }

        return tags;
    }
}

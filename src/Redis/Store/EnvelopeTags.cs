using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace CacheOrleans.Redis.Store;

/// <summary>Encodes and decodes a value's tags, an optional part since format 2: their number, then each tag after its
/// length.</summary>
/// <remarks>The limits on tags are far below what a count of one byte and a length of two bytes can express.</remarks>
internal static class EnvelopeTags
{
    public static int Length(string[] tags) =>
        1 + tags.Sum(tag => sizeof(ushort) + Encoding.UTF8.GetByteCount(tag));

    /// <summary>Writes the tags if there are any, and advances <paramref name="rest"/> past them.</summary>
    public static void Write(ref Span<byte> rest, string[]? tags)
    {
        if (tags is null)
        {
            return;
        }

        rest[0] = checked((byte)tags.Length);
        rest = rest[1..];
        foreach (var tag in tags)
        {
            var length = Encoding.UTF8.GetBytes(tag, rest[sizeof(ushort)..]);
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)length));
            rest = rest[(sizeof(ushort) + length)..];
        }
    }

    /// <summary>Reads the tags if the flags announce any, and advances <paramref name="rest"/> past them.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, bool areThere, out string[]? tags)
    {
        tags = null;
        if (!areThere)
        {
            return true;
        }

        if (rest.IsEmpty || rest[0] == 0)
        {
            return false;
        }

        var read = new string[rest[0]];
        var at = rest[1..];
        for (var i = 0; i < read.Length; i++)
        {
            if (at.Length < sizeof(ushort))
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(at);
            at = at[sizeof(ushort)..];
            if (length == 0 || length > at.Length || !Utf8.IsValid(at[..length]))
            {
                return false;
            }

            read[i] = Encoding.UTF8.GetString(at[..length]);
            at = at[length..];
        }

        tags = read;
        rest = at;
        return true;
    }
}

using System.Buffers.Binary;
using CacheOrleans.Definitions;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Store;

/// <summary>Encodes and decodes a value's sliding expiration, an optional part since format 2.</summary>
internal static class EnvelopeSliding
{
    public const int Length = 16;

    private const int EndsAt = 8;

    /// <summary>Writes the part if there is one, and advances <paramref name="rest"/> past it.</summary>
    public static void Write(ref Span<byte> rest, SlidingLife? sliding)
    {
        if (sliding is not { } life)
        {
            return;
        }

        BinaryPrimitives.WriteInt64BigEndian(rest, (long)life.Slide.TotalMilliseconds);
        BinaryPrimitives.WriteInt64BigEndian(rest[EndsAt..], life.EndsAt.ToUnixTimeMilliseconds());
        rest = rest[Length..];
    }

    /// <summary>Reads the part if the flags announce one, and advances <paramref name="rest"/> past it.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, bool isThere, out SlidingLife? sliding)
    {
        sliding = null;
        if (!isThere)
        {
            return true;
        }

        if (rest.Length < Length || !Envelope.TryReadTime(rest[EndsAt..], out var end))
        {
            return false;
        }

        var slide = BinaryPrimitives.ReadInt64BigEndian(rest);
        if (slide < 1 || slide > CacheDefinition.MaxTimeToLive.TotalMilliseconds)
        {
            return false;
        }

        sliding = new SlidingLife(TimeSpan.FromMilliseconds(slide), end);
        rest = rest[Length..];
        return true;
    }
}

using System.Buffers.Binary;
using CacheOrleans.Definitions;
using CacheOrleans.Storage;

namespace CacheOrleans.Redis.Store;

/// <summary>The part of format 2 that says how reads prolong a value's life.</summary>
internal static class EnvelopeSliding
{
    public const int Length = 16;

    private const int EndsAt = 8;

    /// <summary>Writes it, if there is one, and moves on behind it.</summary>
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

    /// <summary>Reads it, if there is to be one, and moves on behind it.</summary>
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

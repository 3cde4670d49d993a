using System.Buffers.Binary;
using CacheOrleans.Storage;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>The script that writes a record only if its stamp is above the stored one.</summary>
/// <remarks>
/// Stamps are compared as two numbers of 32 bits: Lua's numbers hold 53 bits exactly, and its string comparison follows
/// the server's locale. Only the header is read unless the stamps are equal, so the value that is overwritten is never
/// copied into Lua. A value without the magic number or with a negative stamp was not written by us and is overwritten;
/// so is a value whose stamp is above the ceiling, because such a stamp cannot be right.
/// </remarks>
internal static class StampScript
{
    /// <summary>KEYS[1]: the key. ARGV[1]: the record's bytes. ARGV[2]: milliseconds to keep it. ARGV[3]: the ceiling,
    /// in decimal. Returns 1 when the record is stored, else the eight bytes of the stamp that is stored instead.
    /// </summary>
    public const string Text =
        """
        local header = redis.call('GETRANGE', KEYS[1], 0, 11)
        if #header == 12 and string.sub(header, 1, 3) == '\192CO' and string.byte(header, 5) < 128 then
          local function half(text, at)
            local a, b, c, d = string.byte(text, at, at + 3)
            return ((a * 256 + b) * 256 + c) * 256 + d
          end
          local storedHigh, storedLow = half(header, 5), half(header, 9)
          local newHigh, newLow = half(ARGV[1], 5), half(ARGV[1], 9)
          local isBelieved = storedHigh * 4294967296 + storedLow <= tonumber(ARGV[3])
          if isBelieved and (storedHigh > newHigh or (storedHigh == newHigh and storedLow > newLow)) then
            return string.sub(header, 5, 12)
          end
          if isBelieved and storedHigh == newHigh and storedLow == newLow then
            if redis.call('GET', KEYS[1]) == ARGV[1] then
              return 1
            end
            return string.sub(header, 5, 12)
          end
        end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    /// <summary>Converts the script's reply to a result.</summary>
    public static StoreWriteResult Read(RedisResult reply)
    {
        if (reply.Resp2Type == ResultType.Integer)
        {
            return StoreWriteResult.Applied;
        }

        var stamp = (byte[]?)reply;
        return stamp is { Length: sizeof(long) }
            ? StoreWriteResult.Superseded(new Stamp(BinaryPrimitives.ReadInt64BigEndian(stamp)))
            : throw new RedisException($"The stamp script returned an unexpected reply of type {reply.Resp2Type}.");
    }
}

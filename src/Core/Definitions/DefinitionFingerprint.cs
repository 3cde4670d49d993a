using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CacheOrleans.Definitions;

/// <summary>Computes the fingerprint that distinguishes definitions of one cache.</summary>
internal static class DefinitionFingerprint
{
    /// <summary>Returns the first 64 bits, big-endian, of the SHA-256 of the name, a line feed, and the template; never
    /// zero.</summary>
    /// <remarks>The fingerprint crosses the wire and is stored in Redis, so it must be the same in every future
    /// version. Neither text can contain a line feed.</remarks>
    public static long Of(string name, string template)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{template}"));
        var value = BinaryPrimitives.ReadInt64BigEndian(hash);
        return value == 0 ? 1 : value;
    }
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Adapters;

/// <summary>Converts the keys of adapters, which may be any text, into cache keys.</summary>
/// <remarks>
/// A short text without control characters is itself the key's parameter, at version 1. Any other text is replaced by
/// the SHA-256 of its UTF-16 code units, at version 2. Different texts therefore have different keys, and all keys stay
/// within the limits.
/// </remarks>
internal static class AdapterKeys
{
    /// <summary>The template of the keys, with a single parameter.</summary>
    public const string Template = "{key}";

    /// <summary>The pattern of valid cache names.</summary>
    public const string CacheNames = "^[A-Za-z0-9_.-]{1,64}$";

    /// <summary>The longest canonical form of a key that contains the text itself, in characters.</summary>
    public const int MaxReadable = 512;

    private const string Parameter = "key";

    /// <summary>Creates the key of a text.</summary>
    public static CacheKey Make(string cache, string text)
    {
        if (text.Length <= MaxReadable && !text.Any(char.IsControl) && UnicodeText.IsValid(text))
        {
            var key = CacheKey.Create(cache, 1, new CacheKeyParameter(Parameter, text));
            if (key.Text.Length <= MaxReadable)
            {
                return key;
            }
        }

        var hash = SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()));
        return CacheKey.Create(cache, 2, new CacheKeyParameter(Parameter, Convert.ToHexStringLower(hash)));
    }
}

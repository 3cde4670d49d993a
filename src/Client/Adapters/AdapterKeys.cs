using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CacheOrleans.Keys;

namespace CacheOrleans.Client.Adapters;

/// <summary>Makes cache keys out of the keys of adapters, which may be any text.</summary>
/// <remarks>
/// A short text without control characters is itself the key's parameter, at version 1. Any other is there with the
/// SHA-256 of its UTF-16 code units, at version 2. So no text's key is another's, and all stay within the limits.
/// </remarks>
internal static class AdapterKeys
{
    /// <summary>The one parameter of a template.</summary>
    public const string Template = "{key}";

    /// <summary>What a cache may be called, as a pattern.</summary>
    public const string CacheNames = "^[A-Za-z0-9_.-]{1,64}$";

    /// <summary>The longest canonical form of a key that has the text itself, in characters.</summary>
    public const int MaxReadable = 512;

    private const string Parameter = "key";

    /// <summary>Makes the key of a text.</summary>
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

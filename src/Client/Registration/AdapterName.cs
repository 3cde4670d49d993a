using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CacheOrleans.Client.Adapters;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Registration;

/// <summary>Derives the names of an adapter's options and cache from the key of its service.</summary>
/// <remarks>A key is identified by its type and its text. Different keys have different names, whatever their
/// characters, and a key has the same names in every process.</remarks>
internal static partial class AdapterName
{
    /// <summary>The prefix of the hash that replaces a text that is not allowed in the name of a cache.</summary>
    private const string Hashed = "sha256-";

    private const int MaxPrefix = 16;
    private const int HashLength = 40;

    /// <summary>Returns the name of the options.</summary>
    /// <param name="serviceKey">The key; null: the service has no key.</param>
    public static string OfOptions(object? serviceKey) => serviceKey switch
    {
        null => Options.DefaultName,
        string text when text.Length > 0 && text[0] != '\0' => text,
        _ => $"\0{serviceKey.GetType()}:{serviceKey}",
    };

    /// <summary>Returns the name of the cache.</summary>
    /// <param name="cache">The name of the cache without a key.</param>
    /// <param name="serviceKey">The key; null: the service has no key.</param>
    public static string OfCache(string cache, object? serviceKey)
    {
        if (serviceKey is null)
        {
            return cache;
        }

        if (serviceKey is string text
            && !text.StartsWith(Hashed, StringComparison.Ordinal)
            && $"{cache}.{text}" is var name
            && text.Length > 0
            && CacheName().IsMatch(name))
        {
            return name;
        }

        var whole = $"{cache}\n{serviceKey.GetType()}\n{serviceKey}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(whole.AsSpan())));
        return $"{cache[..Math.Min(cache.Length, MaxPrefix)]}.{Hashed}{hash[..HashLength]}";
    }

    [GeneratedRegex(AdapterKeys.CacheNames)]
    private static partial Regex CacheName();
}

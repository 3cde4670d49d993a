using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CacheOrleans.Keys;
using CacheOrleans.Tags;

namespace CacheOrleans.Client.Hybrid;

/// <summary>The tags of a value, as the caller gave them and as the cluster has them.</summary>
/// <remarks>
/// <para>The cluster takes texts of <see cref="CacheTags.MaxLength"/> characters without control characters; a tag that
/// is none is there as the SHA-256 of its UTF-16 code units.</para>
/// <para>Each value has one tag more, that of its cache: <see cref="CacheTags.Everything"/> of <c>HybridCache</c> is
/// everything in it, and not what other caches of the cluster have.</para>
/// </remarks>
/// <param name="Names">The tags in the cluster.</param>
/// <param name="AreShareable">Whether the cluster can have them: they are valid Unicode, and not too many.</param>
internal readonly record struct HybridTags(string[] Names, bool AreShareable)
{
    /// <summary>Begins the name of a tag that is there as a hash.</summary>
    private const string Hashed = "sha256:";

    /// <summary>The tag of everything in a cache.</summary>
    public static string Everything(string cache) => $"{CacheTags.Everything}{cache}";

    /// <summary>Reads the tags of a call.</summary>
    /// <exception cref="ArgumentException">One is empty, white space or <see cref="CacheTags.Everything"/>.</exception>
    public static HybridTags Of(string everything, IEnumerable<string>? tags)
    {
        if (tags is null)
        {
            return new([everything], AreShareable: true);
        }

        List<string> names = [everything];
        foreach (var tag in tags)
        {
            if (Check(tag) is { } error)
            {
                throw new ArgumentException(error, nameof(tags));
            }

            names.Add(NameOf(tag));
        }

        string[] distinct = [.. names.Distinct(StringComparer.Ordinal)];
        return new(
            distinct, distinct.Length <= CacheTags.MaxCount && distinct.All(name => UnicodeText.IsValid(name)));
    }

    /// <summary>The name of a tag in the cluster. One that is not valid Unicode stays as it is, and in this process.
    /// </summary>
    public static string NameOf(string tag) => !UnicodeText.IsValid(tag) || CacheTags.Check(tag) is null
        ? tag
        : Hashed + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(tag.AsSpan())));

    private static string? Check(string tag) =>
        string.IsNullOrWhiteSpace(tag) ? "Tags cannot be empty."
        : tag == CacheTags.Everything ? $"The tag '{tag}' is reserved and cannot be used in this context."
        : null;
}

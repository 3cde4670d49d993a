using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CacheOrleans.Keys;
using CacheOrleans.Tags;

namespace CacheOrleans.Client.Hybrid;

/// <summary>The tags of a value by their names in the cluster.</summary>
/// <remarks>
/// <para>The cluster accepts texts of up to <see cref="CacheTags.MaxLength"/> characters without control characters;
/// any other tag is replaced by the SHA-256 of its UTF-16 code units.</para>
/// <para>Each value has an additional tag, that of its cache: <see cref="CacheTags.Everything"/> of <c>HybridCache</c>
/// means everything in that cache, and not the values of other caches of the cluster.</para>
/// </remarks>
/// <param name="Names">The names of the tags in the cluster.</param>
/// <param name="AreShareable">Whether the cluster can store them: they are valid Unicode, and not too many.</param>
internal readonly record struct HybridTags(string[] Names, bool AreShareable)
{
    /// <summary>The prefix of a tag that is stored as a hash.</summary>
    private const string Hashed = "sha256:";

    /// <summary>Returns the tag that every value of a cache has.</summary>
    public static string Everything(string cache) => $"{CacheTags.Everything}{cache}";

    /// <summary>Checks the tags of a call and converts them to their names in the cluster.</summary>
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

    /// <summary>Returns the name of a tag in the cluster. A tag that is not valid Unicode is not changed, and its
    /// values stay in this process.</summary>
    public static string NameOf(string tag) => !UnicodeText.IsValid(tag) || CacheTags.Check(tag) is null
        ? tag
        : Hashed + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(tag.AsSpan())));

    private static string? Check(string tag) =>
        string.IsNullOrWhiteSpace(tag) ? "Tags cannot be empty."
        : tag == CacheTags.Everything ? $"The tag '{tag}' is reserved and cannot be used in this context."
        : null;
}

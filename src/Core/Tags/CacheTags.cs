using System.Globalization;
using CacheOrleans.Keys;

namespace CacheOrleans.Tags;

/// <summary>What a tag may be, and how many an entry has.</summary>
public static class CacheTags
{
    /// <summary>The tag that every entry has, and none is given.</summary>
    public const string Everything = "*";

    /// <summary>The most tags of one entry.</summary>
    public const int MaxCount = 64;

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Checks the tags of an entry, and leaves out what stands there twice.</summary>
    /// <param name="tags">The tags; null or empty: none.</param>
    /// <returns>The tags; null: none.</returns>
    /// <exception cref="ArgumentException">One of them is not allowed, or there are too many; the message says which
    /// limit is broken.</exception>
    public static string[]? Of(IReadOnlyCollection<string>? tags)
    {
        if (tags is null or { Count: 0 })
        {
            return null;
        }

        string[] distinct = [.. tags.Distinct(StringComparer.Ordinal)];
        return CheckAll(distinct) is { } error ? throw new ArgumentException(error, nameof(tags)) : distinct;
    }

    /// <summary>Returns what is wrong with the tags of an entry, each of which stands there once; or null.</summary>
    public static string? CheckAll(ReadOnlySpan<string> tags)
    {
        foreach (var tag in tags)
        {
            if (Check(tag) is { } error)
            {
                return error;
            }

            if (tag == Everything)
            {
                return $"'{Everything}' is the tag that every entry has; it is not given.";
            }
        }

        return tags.Length <= MaxCount
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"An entry has at most {MaxCount} tags; got {tags.Length}.");
    }

    /// <summary>Returns what is wrong with a tag, or null; <see cref="Everything"/> is one.</summary>
    public static string? Check(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
        {
            return "A tag is not empty.";
        }

        if (tag.Length > MaxLength)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"A tag has at most {MaxLength} characters; got {tag.Length}.");
        }

        return tag.Any(char.IsControl) ? "A tag has no control characters."
            : !UnicodeText.IsValid(tag) ? "A tag is valid Unicode text; one has half of a surrogate pair."
            : null;
    }
}

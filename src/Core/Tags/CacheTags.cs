using System.Globalization;
using CacheOrleans.Keys;

namespace CacheOrleans.Tags;

/// <summary>Decides which tags are allowed, and how many an entry may have.</summary>
public static class CacheTags
{
    /// <summary>The tag that every entry has implicitly, and that callers cannot give to an entry.</summary>
    public const string Everything = "*";

    /// <summary>The largest number of tags of one entry.</summary>
    public const int MaxCount = 64;

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Checks the tags of an entry, and removes duplicates.</summary>
    /// <param name="tags">The tags; null or empty if there are none.</param>
    /// <returns>The tags; null if there are none.</returns>
    /// <exception cref="ArgumentException">A tag is not allowed, or there are too many; the message names the limit.
    /// </exception>
    public static string[]? Of(IReadOnlyCollection<string>? tags)
    {
        if (tags is null or { Count: 0 })
        {
            return null;
        }

        string[] distinct = [.. tags.Distinct(StringComparer.Ordinal)];
        return CheckAll(distinct) is { } error ? throw new ArgumentException(error, nameof(tags)) : distinct;
    }

    /// <summary>Returns what is wrong with the tags of an entry, which contain no duplicates, or null.</summary>
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
                return $"'{Everything}' is the tag that every entry has implicitly; it cannot be given to an entry.";
            }
        }

        return tags.Length <= MaxCount
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"An entry has at most {MaxCount} tags; got {tags.Length}.");
    }

    /// <summary>Returns what is wrong with a tag, or null; <see cref="Everything"/> is a valid tag.</summary>
    public static string? Check(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
        {
            return "A tag must not be empty.";
        }

        if (tag.Length > MaxLength)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"A tag has at most {MaxLength} characters; got {tag.Length}.");
        }

        return tag.Any(char.IsControl) ? "A tag must not contain control characters."
            : !UnicodeText.IsValid(tag) ? "A tag must be valid Unicode text; one contains half of a surrogate pair."
            : null;
    }
}

using CacheOrleans.Tags;

namespace CacheOrleans.Core.Tests.Tags;

public sealed class CacheTagsTests
{
    [Fact]
    public void Of_NoTags_IsNull()
    {
        Assert.Null(CacheTags.Of(null));
        Assert.Null(CacheTags.Of([]));
    }

    [Fact]
    public void Of_DuplicateTag_IsKeptOnce()
    {
        Assert.Equal(["a", "A"], CacheTags.Of(["a", "A", "a"])!);
        Assert.Equal(["a"], CacheTags.Of([.. Enumerable.Repeat("a", 1000)])!);
    }

    [Fact]
    public void Of_UpToTheLimits_IsAllowed()
    {
        string[] tags = [.. Enumerable.Range(0, CacheTags.MaxCount)
            .Select(number => $"{number}".PadLeft(CacheTags.MaxLength, 'x'))];

        Assert.Equal(tags, CacheTags.Of(tags));
    }

    [Fact]
    public void Of_TooManyTags_NamesTheLimit()
    {
        string[] tags = [.. Enumerable.Range(0, CacheTags.MaxCount + 1).Select(number => $"{number}")];

        var error = Assert.Throws<ArgumentException>(() => CacheTags.Of(tags));

        Assert.Contains("at most 64 tags; got 65", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not be empty")]
    [InlineData(null, "not be empty")]
    [InlineData("a\nb", "control characters")]
    [InlineData("a\u0085b", "control characters")]
    public void Of_InvalidTag_SaysWhy(string? tag, string why)
    {
        var error = Assert.Throws<ArgumentException>(() => CacheTags.Of(["fine", tag!]));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_HalfOfASurrogatePair_IsNotAllowed() =>
        Assert.Contains("surrogate", CacheTags.Check("a\uD800b"), StringComparison.Ordinal);

    [Fact]
    public void Of_TooLongTag_NamesTheLimit()
    {
        var error = Assert.Throws<ArgumentException>(() => CacheTags.Of([new string('x', 257)]));

        Assert.Contains("at most 256 characters; got 257", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_CanBeInvalidatedButNotGiven()
    {
        Assert.Null(CacheTags.Check(CacheTags.Everything));
        Assert.Throws<ArgumentException>(() => CacheTags.Of([CacheTags.Everything]));
    }

    [Theory]
    [InlineData("country")]
    [InlineData("한국 🇰🇷")]
    [InlineData("a*b")]
    public void Check_OrdinaryTag_IsAllowed(string tag) => Assert.Null(CacheTags.Check(tag));
}

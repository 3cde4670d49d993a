using CacheOrleans.Client.Hybrid;
using CacheOrleans.Tags;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridTagsTests
{
    private const string Everything = "*hybrid";

    [Fact]
    public void Everything_OfOneCache_IsASeparateTag()
    {
        Assert.Equal(Everything, HybridTags.Everything("hybrid"));
        Assert.Null(CacheTags.Check(Everything));
        Assert.NotEqual(CacheTags.Everything, Everything);
    }

    [Fact]
    public void Of_NoTags_HasTheTagOfTheCache()
    {
        Assert.Equal([Everything], HybridTags.Of(Everything, null).Names);
        Assert.Equal([Everything], HybridTags.Of(Everything, []).Names);
        Assert.True(HybridTags.Of(Everything, null).AreShareable);
    }

    [Fact]
    public void Of_DuplicateTags_HasThemOnce() =>
        Assert.Equal([Everything, "a", "b"], HybridTags.Of(Everything, ["a", "b", "a"]).Names);

    [Fact]
    public void Of_TagsNotAllowedInTheCluster_HasTheirHashes()
    {
        string[] tags = ["line\nbreak", new('t', 257), new('t', 258)];

        var given = HybridTags.Of(Everything, tags);

        Assert.True(given.AreShareable);
        Assert.Equal(4, given.Names.Distinct().Count());
        Assert.All(given.Names, name => Assert.Null(CacheTags.Check(name)));
        Assert.Equal(tags.Select(HybridTags.NameOf), given.Names[1..]);
    }

    [Fact]
    public void Of_UnencodableOrTooManyTags_IsNotShareable()
    {
        var many = Enumerable.Range(0, CacheTags.MaxCount).Select(i => $"tag {i}").ToArray();

        Assert.False(HybridTags.Of(Everything, ["half \ud83d"]).AreShareable);
        Assert.False(HybridTags.Of(Everything, many).AreShareable);
        Assert.True(HybridTags.Of(Everything, many[1..]).AreShareable);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    [InlineData("*")]
    public void Of_BadTags_AreRefused(string? tag) =>
        Assert.Throws<ArgumentException>("tags", () => HybridTags.Of(Everything, ["good", tag!]));
}
